import { Card } from "antd";
import type { ReactNode } from "react";
import { TrainingBar } from "../welcome/TrainingBar.tsx";
import { ConnectionBar } from "./ConnectionBar.tsx";

/** A page outside the office: one card in the middle, nothing to distract. */
export function PlainPage({ title, children, width = 460 }: { title: string; children: ReactNode; width?: number }) {
  return (
    <>
      <TrainingBar />
      <ConnectionBar />
      <main id="main" style={{ maxWidth: width, margin: "6vh auto", padding: "0 12px" }}>
        <p style={{ textAlign: "center", color: "#17427e", fontSize: 18, fontWeight: 600 }}>
          师册 · 中小学教师资格定期注册
        </p>
        <Card title={<h1 style={{ fontSize: 20, margin: 0 }}>{title}</h1>}>{children}</Card>
      </main>
    </>
  );
}
