import { Alert } from "antd";

/** One strip, the same on every screen: where the case is, whose turn, by when, what if nothing happens. */
export function Standing({ sentence, over }: { sentence: string; over?: boolean }) {
  return <Alert type={over === true ? "success" : "info"} showIcon title={sentence} style={{ marginBlock: 12 }} />;
}
