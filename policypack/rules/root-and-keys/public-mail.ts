/** Providers that give a mailbox to anybody, one person each; an address there is nobody's in an organization. */
const publicMailDomains = [
  "126.com",
  "163.com",
  "aol.com",
  "duck.com",
  "fastmail.com",
  "gmail.com",
  "gmx.at",
  "gmx.ch",
  "gmx.com",
  "gmx.de",
  "gmx.net",
  "googlemail.com",
  "hey.com",
  "hotmail.co.uk",
  "hotmail.com",
  "hotmail.fr",
  "hushmail.com",
  "icloud.com",
  "live.com",
  "mac.com",
  "mail.com",
  "mail.ru",
  "me.com",
  "msn.com",
  "naver.com",
  "outlook.com",
  "outlook.de",
  "outlook.fr",
  "pm.me",
  "proton.me",
  "protonmail.com",
  "qq.com",
  "rediffmail.com",
  "rocketmail.com",
  "t-online.de",
  "tuta.com",
  "tuta.io",
  "tutanota.com",
  "web.de",
  "yahoo.co.in",
  "yahoo.co.jp",
  "yahoo.co.uk",
  "yahoo.com",
  "yahoo.de",
  "yahoo.fr",
  "yandex.com",
  "yandex.ru",
  "ymail.com",
  "zoho.com",
];

/** Whether a domain is one of the list or below it; letter case does not matter. */
export function isWithin(domain: string, domains: readonly string[]): boolean {
  const asked = domain.toLowerCase();
  return domains.some((each) => asked === each.toLowerCase() || asked.endsWith(`.${each.toLowerCase()}`));
}

export function isPublicMail(domain: string): boolean {
  return isWithin(domain, publicMailDomains);
}
