import { paletteCss } from "@shice/contract/palette.ts";

/** The public pages' whole dress: small enough to be sent with the first page, kept by the browser for the others. */
export const style = `
${paletteCss}
*{box-sizing:border-box}
html.large{font-size:125%}
body{margin:0;font:1.0625rem/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif;color:var(--text);background:var(--page)}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--surface);padding:8px;z-index:9}
header{background:var(--primary);color:var(--surface)}
header>div,footer>div{max-width:64rem;margin:0 auto;padding:.6rem 1rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center}
header a{color:var(--surface);text-underline-offset:.2em}header .site{font-weight:600;font-size:1.15rem;text-decoration:none;margin-right:auto}
nav{background:var(--surface);border-bottom:1px solid var(--line)}
nav ul{max-width:64rem;margin:0 auto;padding:.3rem 1rem;list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.25rem}
nav a{display:inline-block;padding:.3rem 0}nav a[aria-current]{font-weight:600;color:var(--text);text-decoration-thickness:.18em}
main{max-width:64rem;margin:0 auto;padding:1rem 1rem 3rem;overflow-wrap:break-word}
h1{font-size:1.5rem;line-height:1.4;margin:.4rem 0 .6rem}h2{font-size:1.2rem;margin:1.6rem 0 .5rem}h3{font-size:1.0625rem;margin:1rem 0 .2rem}
p{margin:.5rem 0}a{color:var(--link);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}header :focus-visible{outline-color:var(--surface)}
.soft{color:var(--secondary)}.none{color:var(--secondary);padding:1rem 0}
.panel{background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:.75rem 1rem 1rem;margin:0 0 1rem}
.ways{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));padding:0;list-style:none}
.ways a{display:block;height:100%;background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem;text-decoration:none}
.ways b{display:block;font-size:1.05rem}.ways span{color:var(--secondary)}.ways a:hover{border-color:var(--primary)}
.now{display:grid;gap:.7rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));padding:0;list-style:none;margin:.6rem 0}
.now li{background:var(--surface);border:1px solid var(--line);border-left:.4rem solid var(--secondary);border-radius:.4rem;padding:.7rem .9rem}
.now li.open{border-left-color:var(--success)}.now b{display:block}
.mark{display:inline-block;font-size:.9rem;padding:0 .5rem;border-radius:.3rem;background:var(--disabled-ground);color:var(--secondary);font-weight:400}
.open .mark{background:var(--success-ground);color:var(--success)}
.count{font-weight:600;color:var(--success)}
.note{border:1px solid var(--info-line);border-left-width:5px;background:var(--info-ground);border-radius:5px;padding:.6rem .9rem;margin:.75rem 0}
.note.good{background:var(--success-ground);border-color:var(--success-line)}.note.heed{background:var(--warning-ground);border-color:var(--warning-line)}.note.bad{background:var(--error-ground);border-color:var(--error-line)}
.note b{display:block}
.button{display:inline-block;font:inherit;min-height:2.6rem;padding:.45rem 1.1rem;border-radius:5px;border:1px solid var(--primary);background:var(--primary);color:var(--surface);text-decoration:none;cursor:pointer}
.row{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:1rem 0 0}
fieldset{border:0;padding:0;margin:0 0 1.1rem}legend,label.title{font-weight:600;display:block;padding:0}
.choice{display:flex;gap:.6rem;align-items:flex-start;padding:.25rem 0;cursor:pointer}
.choice input{flex:none;width:1.35rem;height:1.35rem;margin:.2rem 0 0;accent-color:var(--primary)}
.choices{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr))}
input[type=text],input[type=search],textarea,select{width:100%;font:inherit;color:inherit;min-height:2.6rem;padding:.35rem .6rem;border:1px solid var(--edge);border-radius:5px;background:var(--surface)}
input[type=file]{font:inherit;max-width:100%}textarea{min-height:8rem}.entry{margin:0 0 1.1rem;max-width:36rem}.wrong{border-left:4px solid var(--error);padding-left:.7rem}.error{color:var(--error);font-weight:600}
.away{position:absolute;left:-9999px}
.months{display:grid;gap:1.2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr))}
table{border-collapse:collapse;width:100%;background:var(--surface)}caption{font-weight:600;text-align:left;padding:.3rem 0}
th,td{border:1px solid var(--line);text-align:left;padding:.4rem .6rem;vertical-align:top}th{background:var(--header-ground);font-weight:600}
.wide{overflow-x:auto}th[scope=row]{white-space:nowrap}
@media(max-width:36rem){.stack,.stack caption,.stack tbody,.stack tr,.stack th,.stack td{display:block}.stack{background:none}.stack thead{position:absolute;left:-9999px}.stack tr{background:var(--surface);border:1px solid var(--line);border-radius:.4rem;margin:0 0 .7rem;padding:.4rem .8rem}.stack th,.stack td{display:flex;gap:.6rem;border:0;background:none;padding:.1rem 0}.stack [data-t]::before{content:attr(data-t);flex:none;width:5.5em;color:var(--secondary);font-weight:400}}
.cal{table-layout:fixed}.cal th,.cal td{text-align:center;padding:.25rem 0;height:2.4rem;vertical-align:middle;font-weight:400}
.cal th{height:auto;color:var(--secondary);font-size:.9rem}.cal abbr{text-decoration:none}
td.rest{color:var(--secondary)}td.open{background:var(--success-ground);color:var(--success);font-weight:600}td.shut{background:var(--error-ground);color:var(--error)}
td.today{outline:.2rem solid var(--text);outline-offset:-.2rem}td small{display:block;font-size:.68rem;line-height:1.15;font-weight:400}
.key span{display:inline-block;padding:0 .5rem;border:1px solid var(--line);margin-right:.6rem}
.key .open{background:var(--success-ground);color:var(--success)}.key .shut{background:var(--error-ground);color:var(--error)}
.words h1{font-size:1.3rem}.words{overflow-wrap:anywhere}
code{overflow-wrap:anywhere}pre{margin:0;white-space:pre-wrap}
footer{color:var(--secondary);border-top:1px solid var(--line);background:var(--surface)}
.training{background:var(--warning-ground);border-bottom:1px solid var(--warning-line);padding:.3rem 1rem}
@media print{header,nav,footer,.skip,.training,.row,form{display:none}body{background:var(--surface)}main{max-width:none;padding:0}a{color:inherit;text-decoration:none}.panel,.now li{break-inside:avoid}}
`;

/** Counts down where a page says until when; without it the page says the same in words. */
export const script = `
const at=Date.parse(document.documentElement.dataset.now)-Date.now();
for(const each of document.querySelectorAll("[data-until]")){
const until=Date.parse(each.dataset.until);
const show=()=>{const left=until-Date.now()-at;if(left<=0){location.reload();return}
const day=Math.floor(left/864e5),hour=Math.floor(left/36e5)%24,minute=Math.floor(left/6e4)%60;
each.textContent=each.dataset.words+(day?day+"天":"")+(day||hour?hour+"小时":"")+minute+"分";setTimeout(show,left%6e4+50)};show()}
`;
