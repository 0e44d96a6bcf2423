import { useQuery } from "@tanstack/react-query";
import { api } from "../ui/client.ts";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Fetched, Nothing } from "../ui/problem.tsx";

/** What a training installation would have sent: nothing leaves it, everything can be read here. */
export function MailboxPage() {
  const sent = useQuery(api.training.listSent.queryOptions({ refetchInterval: 3000 }));
  return (
    <PlainPage title="演练邮箱" wide>
      <p>演练模式不真正发送邮件和短信，发出的都在这里，最新的在最前面。邮件中的链接可以直接打开。</p>
      <Fetched query={sent}>
        {(messages) =>
          messages.length === 0 ? (
            <Nothing text="还没有发出邮件或短信。" />
          ) : (
            messages.toReversed().map(({ channel, to, subject, text }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same words may have gone to the same person twice.
              <article key={`${messages.length - at}`} className="mail">
                <h2>{subject}</h2>
                <p className="soft">
                  {channel === "email" ? "邮件" : "短信"}，发给 {to}
                </p>
                {text.split("\n\n").map((paragraph, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have their order alone.
                  <p key={index}>{isLink(paragraph) ? <a href={pathOf(paragraph)}>{paragraph}</a> : paragraph}</p>
                ))}
              </article>
            ))
          )
        }
      </Fetched>
    </PlainPage>
  );
}

function isLink(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text);
}

/** The same page on this address: the program may be reached by another name than it knows. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}
