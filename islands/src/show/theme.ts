/** Light or dark: the server reads the cookie, so that the next page is drawn in it from the first byte. */
export function toggleTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `cbd_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
}
