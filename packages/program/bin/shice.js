#!/usr/bin/env node
// Plain JavaScript, so that an old Node can at least say what is wrong.
const major = Number(process.versions.node.split(".")[0]);
if (major < 26) {
  console.error(
    `shice 需要 Node 26(当前为 ${process.versions.node})。请用 npx shice 或 npm start 启动,它们会使用随项目安装的 Node 26。`,
  );
  process.exit(1);
}
await import("../src/main.ts");
