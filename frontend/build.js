// Bundles css/site.css, icons/icons.svg and every file of js/entries into hashed files, and
// writes manifest.json: the name a template asks for → the name of the hashed file.
import { context, build } from "esbuild";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "../src/autodoctor/entrypoints/web/static/build");
const entries = readdirSync(join(here, "js/entries")).filter((file) => file.endsWith(".js"));

const manifest = {
  name: "manifest",
  setup(bundler) {
    bundler.onStart(() => rmSync(output, { recursive: true, force: true }));
    bundler.onEnd(({ metafile }) => {
      if (!metafile) return;
      const names = Object.entries(metafile.outputs)
        .filter(([, { entryPoint }]) => entryPoint)
        .map(([path, { entryPoint }]) => [basename(entryPoint), basename(path)])
        .sort(([left], [right]) => (left < right ? -1 : 1));
      writeFileSync(
        join(output, "manifest.json"),
        JSON.stringify(Object.fromEntries(names), null, 2),
      );
    });
  },
};

const options = {
  absWorkingDir: here,
  entryPoints: [
    "css/site.css",
    "icons/icons.svg",
    "icons/favicon.svg",
    ...entries.map((file) => `js/entries/${file}`),
  ],
  outdir: output,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  metafile: true,
  target: ["chrome111", "firefox115", "safari16.4"],
  loader: { ".svg": "copy" },
  logLevel: "warning",
  plugins: [manifest],
};

if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  await build(options);
}
