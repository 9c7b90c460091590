import { element } from "./elements";

/** Light, dark, or what the system says, which the page begins with. */
export function themeSwitch(): HTMLElement {
  const select = element(
    "select",
    { "aria-label": "Colours" },
    ...["Auto", "Light", "Dark"].map((name) => element("option", { value: name.toLowerCase() }, name)),
  );
  select.addEventListener("change", () => {
    if (select.value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = select.value;
  });
  return element("span", { class: "theme" }, select);
}
