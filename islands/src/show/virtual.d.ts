declare module "virtual:icons" {
  const drawn: Readonly<Record<string, string>>;
  export default drawn;
}
