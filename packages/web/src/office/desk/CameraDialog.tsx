import { Alert, Modal } from "antd";
import type { QRCamera } from "qr/dom.js";
import { useEffect, useRef, useState } from "react";

/**
 * Reads the slip's QR code with a camera: a telephone's, a laptop's, or the document camera that stands in many school
 * offices. The picture never leaves the browser.
 */
export function CameraDialog({ onRead, onClose }: { onRead: (text: string) => void; onClose: () => void }) {
  return (
    <Modal open title="用摄像头扫描" footer={null} onCancel={onClose} destroyOnHidden>
      <Camera onRead={onRead} />
    </Modal>
  );
}

function Camera({ onRead }: { onRead: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<string>();
  const [cameras, setCameras] = useState<readonly { deviceId: string; label: string }[]>([]);
  const camera = useRef<QRCamera>(undefined);
  const read = useRef(onRead);
  read.current = onRead;

  useEffect(() => {
    const player = video.current;
    if (player === null) return;
    let over = false;
    async function look(at: HTMLVideoElement): Promise<void> {
      const { QRCanvas, rearCamera } = await import("qr/dom.js");
      const opened = await rearCamera(at);
      if (over) return opened.stop();
      camera.current = opened;
      setCameras(await opened.listDevices());
      const canvas = new QRCanvas();
      while (!over) {
        const found = await opened.readFrame(canvas, true);
        if (typeof found === "string" && found !== "" && !over) return read.current(found);
        await new Promise(requestAnimationFrame);
      }
    }
    look(player).catch((error: unknown) => setTrouble(troubleOf(error)));
    return () => {
      over = true;
      camera.current?.stop();
    };
  }, []);

  if (trouble !== undefined) {
    return (
      <Alert type="warning" showIcon title={trouble} description="也可以用扫描枪，或输入教师的姓名、拼音、申请编号。" />
    );
  }
  return (
    <>
      <p>把现场确认凭条上的二维码对准摄像头。</p>
      <video ref={video} className="desk-camera" aria-label="摄像头画面" playsInline muted />
      {cameras.length > 1 && (
        <label>
          摄像头{" "}
          <select onChange={({ target }) => void camera.current?.setDevice(target.value)}>
            {cameras.map(({ deviceId, label }, at) => (
              <option key={deviceId} value={deviceId}>
                {label === "" ? `摄像头${at + 1}` : label}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

/** Why there is no picture, and what to do about it. */
function troubleOf(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError") return "浏览器没有允许使用摄像头。请在地址栏旁边允许使用摄像头，再试一次。";
  if (name === "NotFoundError") return "没有找到摄像头。请接好摄像头，再试一次。";
  if (name === "NotReadableError") return "摄像头正被别的程序占用。请关闭那个程序，再试一次。";
  return "现在不能使用摄像头。摄像头只能在以 https 开头的地址使用。";
}
