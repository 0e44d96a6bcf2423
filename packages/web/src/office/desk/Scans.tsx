import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { compareWithRead } from "@shice/rules/certificate/read-number.ts";
import { useQuery } from "@tanstack/react-query";
import { Button, Space } from "antd";
import { useEffect, useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";

interface Page {
  id: string;
  slot: string;
  position: number;
  lost: boolean;
  numbers: readonly string[] | null;
}

/** Photo and scans, one large at a time, so that it can be held beside the paper. */
export function Scans({
  application,
  pages,
  titles,
  entered,
}: {
  application: string;
  pages: readonly Page[];
  titles: ReadonlyMap<string, string>;
  /** The certificate number as it stands in the form. */
  entered: string;
}) {
  const [chosen, setChosen] = useState(pages.find(({ slot }) => slot !== "photo")?.id ?? pages[0]?.id);
  const page = pages.find(({ id }) => id === chosen);
  if (pages.length === 0) return <p>教师没有上传照片和扫描件，请核对纸质材料。</p>;
  return (
    <>
      <Space wrap size={4} role="group" aria-label="照片和扫描件">
        {pages.map(({ id, slot, position }) => (
          <Button
            key={id}
            size="small"
            aria-pressed={id === chosen}
            type={id === chosen ? "primary" : "default"}
            onClick={() => setChosen(id)}
          >
            {slot === "photo" ? "照片" : `${titles.get(slot) ?? slot} ${position}`}
          </Button>
        ))}
      </Space>
      {page !== undefined && <NumberRead entered={entered} read={page.numbers ?? []} />}
      {page !== undefined && (
        <Picture key={page.id} application={application} page={page} title={titles.get(page.slot) ?? "照片"} />
      )}
    </>
  );
}

/** What the machine read on the page: where it differs, there the eye looks first; the original decides. */
function NumberRead({ entered, read }: { entered: string; read: readonly string[] }) {
  if (entered === "" || read.length === 0) return null;
  const differing = compareWithRead(entered, read);
  return (
    <p role="note">{differing === undefined ? "图片上识别出的证书号码与填写的一致。" : checksSentenceOf(differing)}</p>
  );
}

function Picture({ application, page, title }: { application: string; page: Page; title: string }) {
  const campaign = useCampaignKey();
  const file = useQuery({
    queryKey: ["attachment", page.id],
    queryFn: () => client.documents.getAttachment({ campaign, application, attachment: page.id }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: !page.lost,
  });
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (file.data === undefined) return;
    const made = URL.createObjectURL(file.data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file.data]);
  if (page.lost || file.isError) return <p role="alert">这个文件已损坏或丢失，请核对纸质材料，并请教师重新上传。</p>;
  return address === undefined ? (
    <p>正在打开……</p>
  ) : (
    <a href={address} target="_blank" rel="noreferrer" title="在新窗口中看大图">
      <img src={address} alt={`${title}第${page.position}页`} className="scan" />
    </a>
  );
}
