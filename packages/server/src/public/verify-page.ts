import type { DirectClient } from "@shice/contract/contract.ts";
import { type Html, html } from "../platform/http/html.ts";
import { note, type PageSetting, page } from "./layout.ts";

type Found = Awaited<ReturnType<DirectClient["audit"]["verifyConclusion"]>>;
type Proof = Awaited<ReturnType<DirectClient["audit"]["verifyProof"]>>;

interface VerifyAsked {
  number: string;
  name: string;
  error?: string | undefined;
  found?: Found | undefined;
  proof?: Proof | undefined;
}

/** Whether a conclusion stands: by number and whole name, or by the code of the electronic proof. */
export function verifyPage(setting: PageSetting, keyId: string, asked: VerifyAsked): Html {
  const { found, proof } = asked;
  return page(
    setting,
    "核验注册结论",
    html`<h1>核验注册结论</h1>
${
  proof === undefined
    ? undefined
    : note(
        proof.valid ? "good" : "bad",
        proof.sentence,
        proof.facts.length === 0
          ? undefined
          : html`<div class="wide"><table><tbody>${proof.facts.map(({ title, text }) => html`<tr><th scope="row">${title}</th><td>${text}</td></tr>`)}</tbody></table></div>`,
      )
}
${found === undefined ? undefined : note(found.found ? "good" : "heed", found.sentence)}
${asked.error === undefined ? undefined : note("bad", asked.error)}
<p>扫描电子证明上的二维码，会直接打开核验结果。也可以按申请编号和姓名查询：</p>
<form method="get" action="/verify" class="panel">
<div class="entry"><label class="title" for="number">申请编号</label><input type="text" id="number" name="number" maxlength="40" inputmode="numeric" autocomplete="off" value="${asked.number}"></div>
<div class="entry"><label class="title" for="name">姓名（全名）</label><input type="text" id="name" name="name" maxlength="50" autocomplete="off" value="${asked.name}"></div>
<button class="button">查询</button>
</form>
<h2>没有网络时怎样核验</h2>
<p>电子证明上的核验码由两段组成，中间用点号隔开：前一段是内容，后一段是签名，均为 Base64url。用公布的公钥核对签名，即可确认内容没有改动。公钥编号 ${keyId}，<a href="/keys">公钥和核验方法</a>。</p>`,
  );
}

/** The published key, and how to check a proof with nothing but it. */
export function keysPage(setting: PageSetting, key: { algorithm: string; publicKey: string; keyId: string }): Html {
  const command = "npx shice proof verify 核验码 --key 公钥文件";
  return page(
    setting,
    "公钥",
    html`<p><a href="/verify">核验注册结论</a></p>
<h1>电子证明的公钥</h1>
<p>签名算法：${key.algorithm === "ed25519" ? "Ed25519（RFC 8032）" : "SM2（GB/T 32918），SM3 摘要"}。公钥编号：<code>${key.keyId}</code>。</p>
<div class="panel wide"><pre><code>${key.publicKey}</code></pre></div>
<p><a href="/keys.json">供程序使用的格式（JSON）</a></p>
<p>把公钥存为文件，用下面的命令核验，不需要连接本系统：</p>
<div class="panel"><code>${command}</code></div>`,
  );
}
