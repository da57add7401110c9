"""How mail servers speak to people: who they are, what failed or waits, and where the returned letter begins."""

import re

from channels.incoming.party import ADDRESS

FAILURE = re.compile(
    r"(?:could|can|was|were|has|have|is|be|am|are)\s?n[o']t\s+(?:be(?:en)?\s+)?(?:able\s+to\s+)?(?:be\s+)?(?:successfully\s+)?(?:deliver|reach|send|sent|transmit)"
    r"|(?:un|not\s+)able\s+to\s+(?:be\s+)?(?:deliver|send|reach)|undeliver(?:able|ed)|deliver(?:y|ing)(?:\s+\S+){0,7}?\s+(?:fail|was\s+aborted|has\s+been\s+(?:delayed|suspended))"
    r"|fail(?:ed|ure)(?:\s+\S+){0,6}?\s+(?:deliver|recipient|permanently)|(?:following|these)\s+(?:e-?mail\s+)?(?:address|recipient)(?:\(?e?s\)?)?(?:\s+\S+){0,4}?\s*(?:fail|could|had|has|were|was|:)"
    r"|did\s+not\s+reach|returned\s+(?:to\s+(?:the\s+)?sender|mail|message)|(?:trouble|error|problem)s?(?:\s+\S+){0,5}?\s+(?:deliver|sending)|deliver(?:y|ed)?\s+error|could\s+not\s+be\s+reached"
    r"|(?:message|mail|letter)(?:\s+\S+){0,4}?\s+(?:rejected|refused|bounced|returned|delayed)|group\s+you\s+tried\s+to\s+contact|has\s+not\s+yet\s+been\s+delivered|mailbox\s+is\s+full|quota\s+exceeded|transcript\s+of\s+session|delivery\s+problem|message\s+undelivered|duplicated\s+message-id|is\s+rejected|non-?delivered|no\s+valid\s+recipients?|not\s+(?:a\s+)?member"
    r"|unknown\s+user|user\s+unknown|no\s+such\s+user|not\s+a\s+member\s+of\s+(?:this|the)\s+(?:mailing\s+)?list|failure\s+reasons?|delivery\s+report|user\s+not\s+listed|not\s+delivered|deliver\s+to\s+the\s+(?:following|recipient)"
    r"|не\s+(?:может|могло|было|удалось|был[аио]?)\s+(?:быть\s+)?достав|недоставлен|не\s+доставлен|送信(?:でき|に失敗|エラー)|配信(?:でき|に失敗|不能)|配送(?:でき|に失敗)|送達でき|返送|エラーのため|投递失败|无法(?:送达|投递|发送)|退信|未能(?:送达|投递)"
    r"|n.a\s+pas\s+pu\s+être|n.ont\s+pas\s+pu|non\s+(?:remis|distribu|délivr)|impossible\s+de\s+(?:remettre|délivrer|distribuer)|(?:konnte|kann)\s+nicht\s+(?:\S+\s+){0,3}?(?:zugestellt|übermittelt|gesendet)|unzustellbar|nicht\s+zugestellt"
    r"|no\s+(?:se\s+)?(?:ha\s+)?(?:pudo|podido|puede)\s+(?:ser\s+)?(?:entreg|enviar)|no\s+entregad|non\s+(?:è\s+stato|può\s+essere|recapitat|consegnat)|mancat[ao]\s+(?:consegna|recapito)|não\s+(?:foi\s+possível|pôde\s+ser|pode\s+ser|entregue)"
    r"|nie\s+(?:można|udało|mogła|został\w*)\s+(?:\S+\s+){0,3}?(?:dostarcz|doręcz)|niedostarczon|teslim\s+edile?me|iletileme|не\s+вдалося\s+доставити|չհաջողվեց\s+(?:առաքել|հասցնել)|չի\s+(?:առաքվել|հասցվել)|تعذر\s+(?:التسليم|تسليم|إرسال)|لم\s+يتم\s+تسليم",
    re.IGNORECASE,
)  # fmt: skip
WAITING = re.compile(
    r"(?:has|have|was|were|been|is|are)\s+(?:\S+\s+)?delayed|not\s+yet\s+been\s+delivered|temporary\s+(?:failure\s+report|problem\s+delivering)|delivery\s+incomplete|will\s+retry|still\s+(?:being\s+)?(?:trying|retr|in\s+(?:the\s+)?queue|undelivered)|will\s+(?:be\s+retried|keep\s+trying|continue|retry|try\s+again)|warning\s+message\s+only"
    r"|delivery\s+attempts\s+will\s+continue|do\s+not\s+need\s+to\s+resend|deliver(?:y|ed)?\s+(?:is\s+)?(?:delayed|temporarily\s+suspended)|temporarily\s+(?:delayed|undeliverable)|no\s+action\s+is\s+required|message\s+delayed|delay(?:ed)?\s+(?:mail|message|notification)"
    r"|задерж|доставка\s+отложена|verzögert|verspätet|retardé|différé|retrasad|ritardo|atrasad|opóźnion|gecik|遅延|延迟",
    re.IGNORECASE,
)  # fmt: skip
ENDED = re.compile(
    r"(?<!fails )permanent|(?:given|giving) up|not going to try|no further|(?:will|can) not be retried", re.IGNORECASE
)
NOT_THE_RECIPIENT = re.compile(
    r"(?:mail\s+from|^\W*from|sender\w*|reply-to|contact\w*|(?:e-?)?mail\s+to|message-id|return-path|postmaster|assistance\S*|support|write\s+to|questions?\S*|help\S*|envelope-from|F=\[|original\s+sender|received|by|cc)\W*(?:\S+\s+){0,1}\W*$",
    re.IGNORECASE,
)
SYSTEM = re.compile(
    r"^(?:mailer[-_.]?daemon|post[-_.]?master|mail[-_.]?daemon|mmdf|mail[-_.]?deliver\w*|mail[-_.]?system|maildelivery|delivery|daemon|mdaemon|majordomo|listserv|sympa|mail|root|bounces?)(?:[-+_.]\S*)?(?:@|$)"
    r"|mail[ -]deliver|mailer[ -]?daemon|delivery (?:sub)?system|system administrator|mail administrator|postmaster|mail router|delivery status|mail system|ndr administrator|-(?:admin|owner|request|bounces)@",
    re.IGNORECASE,
)  # fmt: skip
SUBJECT = re.compile(
    r"^\W*(?:\[[^\]]{1,30}\]\s*)?(?:undeliver|un-?deliver|mail (?:delivery )?(?:fail|could|system error|status)|(?:email |message |mail )?deliver(?:y|ed)?(?: to .{1,80}?| status| has)? (?:fail|error|problem|notif|status|delay|report)|fail(?:ed|ure)(?: of)? (?:mail|notice|deliver|to)|return(?:ed|ing) (?:mail|message)|delivery (?:status|fail|notif|report|problem|delay)|message (?:delivery|status|not|could|delay)|(?:could|can)not (?:be )?(?:deliver|send)|mail (?:returned|error)|warning: (?:message|could)|non-?deliver|nondeliver|failure notice|failed delivery|not delivered|bounced?|there was an error sending|user unknown|rejected mail|delayed (?:mail|message)|mail$"
    r"|.{0,60}mail delivery (?:failed|system)|.{0,40}(?:wasn't|couldn't|could not be|not be|not) (?:be )?(?:delivered|sent)|.{0,40}delivery (?:failure|has failed|unsuccessful|incomplete)|successful mail delivery|relayed:|delivered:|expanded:|.{0,60}not (?:a )?member|ignored |reject(?:ed)? mail|spam mail from|fml (?:system|security|status)|loop (?:alert|back)|\W{0,4}message you sent blocked|.{0,20}(?:blocked|quarantined) by|sorry, your message|your (?:message|mail|e-?mail)\b.{0,80}(?:was not|could not|has not|cannot|rejected|blocked|returned)"
    r"|unzustellbar|nicht zustellbar|zustell(?:ung|ungs)?(?:fehler| fehl| nicht)|non remis|échec (?:de|d)|non distribu|message non|(?:correo|mensaje) (?:no|devuelto)|no se (?:puede|pudo) entregar|no entregad|mancato recapito|mancata consegna|impossibile recapitare|não entregue|falha na entrega|não foi possível entregar|(?:ваше )?сообщение не|недоставлен|не доставлен|ошибка доставки|не вдалося|nie dostarcz|niedostarczon|teslim edilemedi|iletilemedi|エラーメール|配信(?:不能|エラー|失敗)|送信エラー|メール送信|未配信|配送不能|退信|投递失败|未送达|无法送达|无法投递|系统退信|배달 ?(?:되지|실패)|تعذر|فشل)",
    re.IGNORECASE,
)  # fmt: skip
REPLIES = re.compile(
    r"^\s*(?:re|aw|fw|fwd|wg|tr|rv|ref|sv|vs|antw|odp|отв|ответ|пересл|転送|回复|转发)\s*(?:\[\d+\])?\s*[:：]",
    re.IGNORECASE,
)
BELOW = re.compile(
    r"^[>\s]*(?:[-=*_ ]{0,40})(?:below this line is a copy|this is a copy of (?:the|your) message|this is (?:the|a copy of the) header"
    r"|(?:included|enclosed|below|following) is a copy|the header of the original message|the original message (?:headers?|is|follows|was:)"
    r"|(?:the )?original (?:message|mail|e-?mail)(?: headers?| header fields)?(?: info)?(?: follows?| below)?\s*[:.\-=*_ ]*$|original (?:mail|message) as follows|original text"
    r"|message headers? follows?|message header(?:s)? (?:is|are) below|returned message|your (?:original )?message (?:follows|reads|begins)|unsent message"
    r"|copy of (?:the )?(?:original )?message|(?:a copy of )?your message follows|header of (?:the )?(?:original|returned)|undelivered message"
    r"|start of (?:the )?(?:returned|original) (?:message|mail)|original-nachricht|ursprüngliche nachricht|исходное (?:сообщение|письмо)"
    r"|message d.origine|mensaje original|mensagem original|messaggio originale|originalnachricht|body of message generated the)",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
FIELD = re.compile(r"^(?:Return-Path|Received|X-[A-Za-z-]{1,40}|DKIM-Signature|Message-I[dD]|From|To|Subject|Date|MIME-Version|Mime-Version|Delivered-To|Authentication-Results|Content-Type|Reply-To|Sender|Cc|DomainKey-Signature|ARC-[A-Za-z-]{1,30}):", re.IGNORECASE)  # fmt: skip
BEFORE = r"[\s>*\-•·|\"'(\[]*(?:(?:to|for|recipients?|address(?:es)?|final recipient|user|failed|destination|empfänger|destinataire|получатель|宛先)(?:\s*:\s*|\s+))?[<\"'(\[]*(?:mailto:|smtp:|rfc822;)?\s*"
AFTER = r"[>\"')\]]*(?:\s*<(?:mailto:)?[^<>\s]{3,320}>)?\s*(?:$|[:;,(\[]|\.\.\.|\s-|\son\s|\s{2,}\S|\t|は|へ)"
ALONE = re.compile(rf"^{BEFORE}({ADDRESS.pattern}){AFTER}", re.IGNORECASE)
NAMED_ALONE = re.compile(rf"^{BEFORE}[^<>@]{{1,80}}<({ADDRESS.pattern})>\s*[:;,.]?\s*$", re.IGNORECASE)
POINTED = re.compile(
    rf"(?:rcpt\s*(?:to)?\s*:|\bto\s*:|(?:^|[\s(])(?:to|for|user|account|recipient|recipients|address|mailbox|addressee|errors?|delivered|reach|list)\s*:?(?:\s+(?:is|are|was|were))?|addresses?\s*[:=]|T=\[|unknown\s*:|userid\s*:)\s*[<\"'(\[]*(?:mailto:)?\s*({ADDRESS.pattern})",
    re.IGNORECASE,
)
REPLIED = re.compile(rf"^[^\n]{{0,120}}?\b[45]\d\d[ -][^\n]{{0,200}}?<?({ADDRESS.pattern})>?", re.IGNORECASE)
NO_RECIPIENT = re.compile(
    r"^[/|<]|^(?:postmaster|mailer-daemon|abuse|hostmaster|noc|support|helpdesk|help|admin(?:istrator)?)@",
    re.IGNORECASE,
)
