/** The browser that pages are tried and drawn in, where `apt-get install chromium` puts it. */
export const CHROMIUM = "/usr/bin/chromium";
