import tseslint from "typescript-eslint";

/** Floors of the browser side: each may import itself and those before it; an island never imports another. */
const FLOORS = ["show", "wire", "state", "panels"];
const ISLANDS = ["cockpit", "debrief", "site"];

const forbidden = (folder, names, message) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: { "no-restricted-imports": ["error", { patterns: names.map((name) => ({ regex: `(^|/)${name}(/|$)`, message })) }] },
});

export default tseslint.config(
  { ignores: ["node_modules", "dist", "src/protocol.ts"] },
  ...tseslint.configs.strict,
  {
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-extraneous-class": "off",
      "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
      "max-params": ["error", 5],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  { files: ["*.js"], rules: { "no-console": "off" } },
  ...FLOORS.map((floor, i) =>
    forbidden(floor, [...FLOORS.slice(i + 1), "islands"], `src/${floor} stands below that folder: news goes up, calls go down.`),
  ),
  ...ISLANDS.map((island) =>
    forbidden(`islands/${island}`, ISLANDS.filter((other) => other !== island), "No island imports another: share through panels or state."),
  ),
);
