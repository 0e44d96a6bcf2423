import { type AddressInfo, createServer } from "node:net";
import { afterAll } from "vitest";

interface SmtpServer {
  url: string;
  port: number;
  /** Every line that came. */
  heard: string[];
  /** The texts of the mails that were taken. */
  taken: string[];
}

/**
 * As much of a mail server as takes mails: RFC 5321's verbs, nothing remembered but what came. It refuses every address
 * with `refused@`. On a given port, or any that is free.
 */
export async function smtpServer(port = 0): Promise<SmtpServer> {
  const heard: string[] = [];
  const taken: string[] = [];
  const server = createServer((socket) => {
    let text: string[] | undefined;
    socket.write("220 test\r\n");
    let rest = "";
    socket.on("data", (chunk) => {
      rest += chunk;
      for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        heard.push(line);
        if (text !== undefined) {
          if (line !== ".") text.push(line);
          else {
            taken.push(text.join("\n"));
            text = undefined;
            socket.write("250 taken\r\n");
          }
        } else if (line === "DATA") {
          text = [];
          socket.write("354 go on\r\n");
        } else if (line === "QUIT") {
          socket.end("221 bye\r\n");
        } else if (line.includes("refused@")) {
          socket.write("550 no such mailbox\r\n");
        } else {
          socket.write("250 ok\r\n");
        }
      }
    });
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  afterAll(() => {
    server.close();
  });
  const at = (server.address() as AddressInfo).port;
  return { url: `smtp://127.0.0.1:${at}/?from=shice@example.gov.cn`, port: at, heard, taken };
}
