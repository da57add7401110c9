"""Subjects, senders and headers of machines and of people who are away."""

import re

AWAY_SUBJECT = re.compile(
    r"^\W*(?:(?:automatic|automated|auto)[ -]?(?:reply|response|answer|re)\b|autoreply|auto:|out[ -]of[ -](?:the[ -])?office|ooo\b|vacation (?:reply|message|response|notice)|away (?:from|until|message)|i am (?:away|out|on)|on (?:annual |maternity |holiday )?leave\b|absent\b|absence\b"
    r"|abwesen|automatische (?:antwort|rückmeldung)|autom\. antwort|außer haus|nicht im büro|réponse automatique|(?:message )?d.absence|absence du bureau|en congés?\b|respuesta autom|contestación autom|fuera de (?:la )?oficina|ausencia|risposta automatica|fuori (?:sede|ufficio)|assenza|resposta autom|fora do escritório|ausência"
    r"|автоответ|автоматический ответ|вне офиса|отсутств|нет на месте|автоматична відповідь|автовідповідь|відсутн|поза офісом|ինքնաշխատ|ավտոմատ պատասխան|ինքնապատասխան|արձակուրդ|բացակա|otomatik (?:yanıt|cevap)|ofis dışında|avtomatik cavab|məzuniyyət"
    r"|رد تلقائي|الرد التلقائي|رد آلي|خارج المكتب|پاسخ خودکار|自动回复|自動回覆|自动答复|自動回信|不在办公室|自動応答|自動返信|不在(?:の|通知)|부재중|자동 ?(?:응답|회신)|automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|poza biurem|nieobecność|automatisch antwoord|afwezig|autosvar|automatiskt svar|frånvaro|automatická odpověď|mimo kancelář|răspuns automat|automatikus válasz|házon kívül|αυτόματη απάντηση|εκτός γραφείου|מענה אוטומטי|ავტომატური პასუხი)",
    re.IGNORECASE,
)  # fmt: skip
RECEIPT_SUBJECT = re.compile(
    r"acknowledge?ment|(?:confirmation|proof) of receipt|(?:we have |we've )?received your|thank you for (?:your|contacting|writing)|\[?(?:ticket|case|request)\b.{0,30}(?:received|created|opened|#)|accusé de réception|eingangsbestätigung|empfangsbestätigung|acuse de recibo|conferma (?:di )?(?:ricezione|ricevimento)|ricevuta|confirmação de (?:recebimento|receção|recepção)|аше обращение|подтверждение (?:получения|регистрации)|підтвердження|ստացական|ստացման հաստատում|alındı|qəbul|potwierdzenie|إشعار استلام|تأكيد استلام|收到|收悉|受付|受領|접수|ontvangstbevestiging",
    re.IGNORECASE,
)
READ_RECEIPT = re.compile(r"^\W*(?:read|not read|gelesen|ungelesen|lu|leído|letto|lido|прочитано|прочтено|прочитане|okundu|przeczytane|przeczytano|已读|已讀|開封済み|開封確認|läst|gelezen)\s*[::]", re.IGNORECASE)  # fmt: skip
NO_REPLY = re.compile(
    r"^(?:(?:do[-_.]?)?not?[-_.]?reply|noreply|auto(?:reply|respon\w*|mat\w*)|automail|robot|notifications?|mailer)\b",
    re.IGNORECASE,
)
TICKETS = re.compile(r"^x-(?:rt|otrs|zammad|zendesk|jira|freshdesk|redmine|osticket|request-tracker|helpdesk|glpi|mantis|kayako|jsd|servicenow|salesforce|sfdc|hubspot)", re.IGNORECASE)  # fmt: skip
TICKET_MAILER = re.compile(r"otrs|zammad|zendesk|jira|freshdesk|redmine|osticket|rt \d|request tracker|glpi|helpdesk|servicenow|salesforce", re.IGNORECASE)  # fmt: skip
