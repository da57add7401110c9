"""How mail programs mark what they quote, in the languages of the people who use them."""

import re

FROM = r"From|Von|De|Da|Od|От|Від|Ում կողմից|Ուղարկող|Ումից|Kimden|Kimdən|Gönderen|Göndərən|Van|Från|Fra|Lähettäjä|Expéditeur|Absender|Remitente|Mittente|Remetente|Nadawca|Από|Feladó|Odesílatel|De la|من|المرسل|发件人|寄件者|差出人|送信元|보낸 사람|מאת|فرستنده"  # fmt: skip
OTHER = r"Sent|Date|To|Subject|Cc|Gesendet|Datum|An|Betreff|Envoyé|Date|À|A|Objet|Enviado(?: el| em)?|Fecha|Para|Asunto|Assunto|Data|Inviato|Oggetto|Wysłano|Do|Temat|Отправлено|Дата|Кому|Тема|Надіслано|Ամսաթիվ|Ում|Թեմա|Վերնագիր|Ուղարկված է|Gönderildi|Gönderme Tarihi|Tarih|Tarix|Kime|Kimə|Konu|Mövzu|Verzonden|Aan|Onderwerp|Skickat|Till|Ämne|Sendt|Til|Emne|Päiväys|Aihe|Αποστολή|Προς|Θέμα|Elküldve|Címzett|Tárgy|Komu|Předmět|Trimis|Către|Subiect|تاريخ|التاريخ|إلى|الموضوع|发送时间|日期|收件人|主题|寄件日期|主旨|送信日時|日時|宛先|件名|보낸 날짜|받는 사람|제목|נשלח|אל|נושא"  # fmt: skip
SENDER_LINE = re.compile(rf"^[>*\s]*(?:{FROM})\s*[*]?\s*[:：՝]\*?\s*\S", re.IGNORECASE)
HEADER_LINE = re.compile(rf"^[>*\s]*(?:{OTHER})\s*[*]?\s*[:：՝]", re.IGNORECASE)
ACROSS = re.compile(
    r"^[>\s]*(?:[-_=*—–]{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht|urspr\. nachricht|message d'origine"
    r"|message d’origine|message original|mensaje original|messaggio originale|mensagem original|исходное сообщение"
    r"|пересылаемое сообщение|пересланное сообщение|оригінальне повідомлення|սկզբնական նամակ|սկզբնական հաղորդագրություն"
    r"|özgün ileti|orijinal mesaj|orijinal mesaj|oryginalna wiadomość|wiadomość oryginalna|oorspronkelijk bericht"
    r"|ursprungligt meddelande|oprindelig meddelelse|alkuperäinen viesti|eredeti üzenet|původní zpráva|mesaj original"
    r"|رسالة أصلية|الرسالة الأصلية|原始邮件|原始郵件|邮件原件|原文|元のメッセージ|원본 메시지|forwarded message|weitergeleitete nachricht"
    r"|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|wiadomość przekazana|iletilen mesaj"
    r"|転送されたメッセージ|转发的邮件)\s*[-_=*—–]{0,200}|begin forwarded message:?|début du message (?:réexpédié|transféré)\s*:?"
    r"|anfang der weitergeleiteten nachricht:?|inizio messaggio inoltrato:?|начало переадресованного сообщения:?)\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^[_\-—–=]{10,}\s*$")
WROTE = re.compile(
    r"(?:\bwrote|a écrit|\bschrieb\b.{0,200}|escribió|escribio|ha scritto|escreveu|написала?|написал\(а\)|пишет|пишут|писала?|написав|написала|пише"
    r"|գրել է|գրեց|գրել են|գրում է|yazdı|yazmış|yazıb|napisał(?:a|\(a\))?|pisze|schreef\b.{0,200}|skrev\b.{0,200}|kirjoitti|έγραψε|írta|napsal(?:a|\(a\))?"
    r"|a scris|كتب.{0,200}|写道|寫道|のメール|書きました|작성|님이 작성|כתב.{0,100}|נوشت|نوشت)\s*(?:\([^()]{0,60}\))?\s*[:：՝]?\s*$",
    re.IGNORECASE,
)
DATED = re.compile(r"\d{1,4}[./\-年 :]|@|<")
SIGNATURE = re.compile(r"^--[ \u00a0]?$")
SENT_FROM = re.compile(
    r"^(?:sent from my|sent from (?:mail|outlook|yahoo|samsung|proton)|get outlook for|envoyé de(?:puis)? mon|envoyé à partir|von meinem .{1,40} gesendet"
    r"|gesendet mit|gesendet von|enviado desde mi|enviado do meu|inviato da|отправлено с|отправлено из|надіслано з|ուղարկված է իմ|iphone'umdan gönderildi"
    r"|.{1,30}(?:dan|den) gönderildi|wysłane z|verzonden vanaf|skickat från|sendt fra|发自我的|iphoneから送信|.{0,20}から送信|나의 .{1,20}에서 보냄|أُرسلت من|مُرسل من)",
    re.IGNORECASE,
)  # fmt: skip
