"""Letters back, invented: automatic replies, acknowledgements and answers, and their false friends.

Each is (name, kind, headers beyond the ordinary, subject, text). `SURE` headers are those of a machine.
"""

from typing import NamedTuple

from channels.incoming.reading import Kind

OURS = """
On Fri, 28 Apr 2023 at 08:00, The people of the road wrote:
> Dear Minister,
> we are out of the office of nobody: we ask you to open the road. This is an automatic reply to seven months of silence.
> We have received your letter of March and thank you for it.
"""
REPLIED = {"Auto-Submitted": "auto-replied"}
EMPTY = {"Return-Path": "<>"}


class Letter(NamedTuple):
    name: str
    kind: Kind
    headers: dict[str, str]
    subject: str
    text: str


def away(name: str, subject: str, text: str, **headers: str) -> Letter:
    return Letter(
        name, Kind.AUTO_REPLY, {key.replace("_", "-"): value for key, value in headers.items()}, subject, text
    )


def received(name: str, subject: str, text: str, **headers: str) -> Letter:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return Letter(name, Kind.ACKNOWLEDGEMENT, named, subject, text)


def answer(name: str, subject: str, text: str, **headers: str) -> Letter:
    return Letter(name, Kind.ANSWER, {key.replace("_", "-"): value for key, value in headers.items()}, subject, text)


AWAY = [
    away("en, by header", "Re: Open the road", "I am on annual leave until 12 May. For urgent matters please contact the duty officer.", Auto_Submitted="auto-replied"),
    away("en, by subject only", "Automatic reply: Open the road", "Thank you for your message. I am currently out of the office with limited access to email and will return on Monday, 8 May.\n\nKind regards\nJ. Smith\nDesk Officer, Eastern Neighbourhood"),
    away("en, no header at all", "Re: Open the road", "Hello,\n\nI am out of the office until 8 May and will reply to your email when I return.\n\nBest wishes,\nJane"),
    away("en, left for good", "Re: Open the road", "Please note that I no longer work at the Mission. For all enquiries please contact the registry at registry@mission.example."),
    away("en, exchange rule", "Open the road", "Back on Tuesday.", X_MS_Exchange_Generated_Message_Source="Mailbox Rules Agent"),
    away("en, quoting our letter", "Re: Open the road", "I am away from the office until 9 May.\n" + OURS, Auto_Submitted="auto-replied"),
    away("en, X-Autoreply", "Re: Open the road", "Office closed for the holidays.", X_Autoreply="yes"),
    away("en, do not reply", "Re: Open the road", "This is an automatically generated message. Please do not reply to this email."),
    away("hy, by subject", "Ինքնաշխատ պատասխան՝ Բացե՛ք ճանապարհը", "Հարգելի գործընկեր,\nես արձակուրդում եմ մինչև մայիսի 8-ը և կպատասխանեմ վերադարձից հետո:\nՀարգանքով՝\nԱնի"),
    away("hy, no header", "Re: Բացե՛ք ճանապարհը", "Բարև Ձեզ,\n\nԳործուղման մեջ եմ մինչև մայիսի 10-ը: Հրատապ հարցերով խնդրում եմ դիմել քարտուղարություն:\n\nՀարգանքով"),
    away("ru, by header", "Re: Откройте дорогу", "Добрый день! Я в отпуске до 10 мая. По срочным вопросам обращайтесь к Ивановой И. И.", Auto_Submitted="auto-replied"),
    away("ru, no header", "Re: Откройте дорогу", "Здравствуйте!\n\nМеня не будет в офисе с 1 по 9 мая. По срочным вопросам, пожалуйста, обращайтесь в приёмную.\n\nС уважением,\nПётр"),
    away("ru, by subject", "Автоответ: Откройте дорогу", "Нахожусь в командировке, отвечу после возвращения."),
    away("fr, by header", "Re: Ouvrez la route", "Bonjour,\n\nJe suis absente du bureau jusqu'au 9 mai. En cas d'urgence, veuillez contacter le secrétariat.\n\nCordialement", Auto_Submitted="auto-replied"),
    away("fr, by subject", "Réponse automatique : Ouvrez la route", "Je suis en congés et serai de retour le 9 mai. Je prendrai connaissance de votre message à mon retour."),
    away("fr, no header", "Re: Ouvrez la route", "Bonjour,\n\nActuellement en déplacement, je suis absent jusqu'au 8 mai. Pour toute urgence, merci de contacter mon assistante.\n\nBien cordialement,\nPaul Martin"),
    away("de, by header", "AW: Öffnet die Straße", "Ich bin bis zum 9. Mai nicht im Büro. In dringenden Fällen wenden Sie sich bitte an das Referat.", Auto_Submitted="auto-replied"),
    away("de, by subject", "Abwesenheitsnotiz: Öffnet die Straße", "Sehr geehrte Damen und Herren,\nich bin im Urlaub und ab dem 9. Mai wieder erreichbar. Ihre E-Mail wird nicht weitergeleitet.\nMit freundlichen Grüßen\nMax Muster"),
    away("de, no header", "Re: Öffnet die Straße", "Guten Tag,\n\nich bin derzeit außer Haus und ab dem 9. Mai wieder im Büro. In dringenden Fällen wenden Sie sich bitte an meine Vertretung.\n\nMit freundlichen Grüßen"),
    away("es, by subject", "Respuesta automática: Abran la carretera", "Estoy fuera de la oficina hasta el 8 de mayo con acceso limitado al correo. Para asuntos urgentes, por favor contacte con la secretaría."),
    away("es, no header", "Re: Abran la carretera", "Buenos días:\n\nMe encuentro de vacaciones hasta el 8 de mayo. Responderé a su mensaje a mi regreso.\n\nSaludos"),
    away("it, by subject", "Risposta automatica: Aprite la strada", "Sono assente dall'ufficio fino all'8 maggio. Per urgenze contattare la segreteria."),
    away("it, no header", "Re: Aprite la strada", "Buongiorno,\n\nsono in ferie fino all'8 maggio e risponderò al mio rientro.\n\nCordiali saluti"),
    away("pt, by subject", "Resposta automática: Abram a estrada", "Estou fora do escritório até 8 de maio. Em caso de urgência, por favor contacte a secretaria."),
    away("pt, no header", "Re: Abram a estrada", "Bom dia,\n\nEncontro-me de férias até 8 de maio. Responderei logo que possível.\n\nCom os melhores cumprimentos"),
    away("ar, by subject", "رد تلقائي: افتحوا الطريق", "أنا خارج المكتب حتى ٨ مايو. للحالات العاجلة يرجى الاتصال بالسكرتارية."),
    away("ar, by header", "Re: افتحوا الطريق", "شكرا لرسالتكم. أنا في إجازة وسأقوم بالرد عند عودتي.", Auto_Submitted="auto-replied"),
    away("zh, by subject", "自动回复: 打开道路", "您好，我正在休假，5月8日返回办公室。如有急事，请联系办公室同事。"),
    away("zh, no header", "Re: 打开道路", "您好，我目前出差在外，无法及时回复邮件，请您谅解。"),
    away("ja, by subject", "自動応答: 道を開いてください", "ただいま休暇中のため、5月8日まで不在にしております。お急ぎの場合は代表番号までご連絡ください。"),
    away("ja, no header", "Re: 道を開いてください", "お世話になっております。\n出張のため5月8日まで不在です。戻り次第ご連絡いたします。\nよろしくお願いいたします。"),
    away("tr, by subject", "Otomatik yanıt: Yolu açın", "8 Mayıs'a kadar ofis dışındayım. Acil durumlarda lütfen sekreterlikle iletişime geçin."),
    away("az, by header", "Re: Yolu açın", "Hörmətli həmkar, mayın 8-dək məzuniyyətdəyəm. Təcili hallarda katibliyə müraciət edin.", Auto_Submitted="auto-replied"),
    away("az, by subject", "Avtomatik cavab: Yolu açın", "Hazırda ezamiyyətdəyəm, qayıtdıqdan sonra cavab verəcəyəm."),
    away("pl, by subject", "Automatyczna odpowiedź: Otwórzcie drogę", "Jestem na urlopie do 8 maja. W pilnych sprawach proszę o kontakt z sekretariatem."),
    away("pl, no header", "Re: Otwórzcie drogę", "Dzień dobry,\n\nprzebywam poza biurem do 8 maja. Odpowiem na wiadomość po powrocie.\n\nZ poważaniem"),
    away("uk, by subject", "Автоматична відповідь: Відкрийте дорогу", "Я у відпустці до 8 травня. З термінових питань звертайтеся до секретаріату."),
    away("uk, by header", "Re: Відкрийте дорогу", "Перебуваю у відрядженні, відповім після повернення.", Auto_Submitted="auto-replied"),
    away("nl, by subject", "Automatisch antwoord: Open de weg", "Ik ben niet op kantoor tot 8 mei. Voor dringende zaken kunt u contact opnemen met het secretariaat."),
    away("fi, by header, words we do not know", "Re: Avatkaa tie", "Olen lomalla 8.5. asti.", Auto_Submitted="auto-replied (vacation)"),
    away("precedence", "Re: Open the road", "Unser Büro ist bis Montag geschlossen.", Precedence="auto_reply"),
]  # fmt: skip

RECEIVED = [
    received("en, ticket", "[Ticket#2023050410000017] Open the road", "Thank you for contacting us. Your request has been received and registered under ticket number 2023050410000017. We will get back to you as soon as possible.\n\nThis is an automatic reply, please do not reply to this email.", Auto_Submitted="auto-replied"),
    received("en, a secretary", "Re: Open the road", "Dear Madam,\n\nI confirm receipt of your letter of 28 April, which has been forwarded to the competent department.\n\nYours sincerely,\nA. Secretary"),
    received("en, a secretary, in one line", "Re: Open the road", "Your letter has been received, thank you."),
    received("hy", "Re: Բացե՛ք ճանապարհը", "Հարգելի քաղաքացի,\n\nՁեր նամակը ստացվել է և գրանցվել է թիվ 12/4456-23 համարով: Պատասխանը կստանաք օրենքով սահմանված ժամկետում:\n\nՀարգանքով"),
    received("ru", "Ваше обращение", "Здравствуйте!\n\nВаше обращение получено и зарегистрировано под номером 4456. Ответ будет направлен Вам в установленный срок.\n\nДанное письмо создано автоматически, отвечать на него не нужно."),
    received("fr", "Re: Ouvrez la route", "Madame, Monsieur,\n\nNous avons bien reçu votre courrier du 28 avril et vous en remercions. Il a été transmis aux services compétents.\n\nVeuillez agréer, Madame, Monsieur, l'expression de nos salutations distinguées."),
    received("fr, accusé", "Accusé de réception", "Nous accusons réception de votre message, qui sera traité dans les meilleurs délais.", Auto_Submitted="auto-generated"),
    received("de", "Eingangsbestätigung", "Sehr geehrte Frau Sargsyan,\n\nvielen Dank für Ihr Schreiben. Ihre Nachricht ist bei uns eingegangen und wird schnellstmöglich bearbeitet.\n\nMit freundlichen Grüßen\nIhr Bürgerservice"),
    received("es", "Acuse de recibo", "Estimada señora:\n\nHemos recibido su carta, que ha sido remitida al departamento competente. Le responderemos a la mayor brevedad.\n\nAtentamente"),
    received("it", "Re: Aprite la strada", "Gentile Signora,\n\nconfermiamo la ricezione della Sua lettera, che è stata inoltrata all'ufficio competente.\n\nDistinti saluti"),
    received("pt", "Re: Abram a estrada", "Prezada Senhora,\n\nAcusamos a receção da sua mensagem, que foi encaminhada aos serviços competentes.\n\nAtenciosamente"),
    received("ar", "Re: افتحوا الطريق", "السيدة المحترمة،\n\nنؤكد لكم استلام رسالتكم، وسيتم الرد عليها في أقرب وقت.\n\nمع خالص التحية"),
    received("zh", "Re: 打开道路", "尊敬的女士：\n\n您的来信已收到，我们将尽快回复。\n\n此致\n敬礼"),
    received("ja", "受付完了のお知らせ", "お問い合わせを受け付けました。受付番号は4456です。担当者より後日ご連絡いたします。"),
    received("tr", "Re: Yolu açın", "Sayın yetkili,\n\nBaşvurunuz tarafımıza ulaşmış olup 4456 sayı ile kaydedilmiştir. En kısa sürede dönüş yapılacaktır.\n\nSaygılarımızla"),
    received("az", "Re: Yolu açın", "Hörmətli vətəndaş,\n\nMüraciətiniz qəbul edilmiş və qeydiyyata alınmışdır. Cavab ən qısa zamanda təqdim olunacaq.\n\nHörmətlə"),
    received("pl", "Potwierdzenie otrzymania", "Szanowni Państwo,\n\npotwierdzamy otrzymanie Państwa pisma. Odpowiedź zostanie udzielona w terminie.\n\nZ poważaniem"),
    received("uk", "Re: Відкрийте дорогу", "Шановна пані,\n\nВаш лист отримано і зареєстровано за номером 4456. Відповідь буде надана у встановлений строк.\n\nЗ повагою"),
]  # fmt: skip

ANSWERS = [
    answer("en", "Re: Open the road", "Dear Ms Sargsyan,\n\nThe Government supports the full implementation of the Court's order and has said so in Vienna.\n\nYours sincerely"),
    answer("en, short", "Re: Open the road", "We will raise it on Thursday."),
    answer("en, no", "Re: Open the road", "No."),
    answer("en, received and then substance", "Re: Open the road", "Thank you for your letter, which we received on 28 April. The Minister spoke to both parties this week and told them that the road has to be opened without conditions; a statement will follow on Friday, and we would be glad to meet you before that."),
    answer("en, an absence in the signature", "Re: Open the road", "We agree with the first demand and are looking at the others.\n\nJane Smith\nDesk Officer\nPlease note: I am out of the office on 8 and 9 May."),
    answer("en, an absence after the closing", "Re: Open the road", "Could you send us the order you mention?\n\nKind regards,\nJane Smith\nI am out of the office until 9 May."),
    answer("en, away, and substance in the same sentence", "Re: Open the road", "I am out of the office until Monday, but the minister agrees to your first demand."),
    answer("en, ticket system, automatic by name", "[Ticket#42] Open the road", "Dear Ms Sargsyan,\n\nour position is that the parties must agree on access first. We do not intend to speak in public before that.", Auto_Submitted="auto-generated", X_OTRS_Version="6"),
    answer("en, ticket system, auto-replied", "[#42] Open the road", "We condemn the closing of the road and have told the parties so.", Auto_Submitted="auto-replied", X_RT_Ticket="rt #42"),
    answer("en, auto-replied, a position", "Re: Open the road", "The Council adopted a resolution on this yesterday.", Auto_Submitted="auto-replied"),
    answer("en, quoting ours, with all such words", "Re: Open the road", "Who wrote this?\n" + OURS),
    answer("en, bulk", "Re: Open the road", "Our committee meets on Tuesday and your letter is on its agenda. You may attend.", Precedence="bulk"),
    answer("en, refuses", "Re: Open the road", "Thank you for your message. We do not comment on matters before the Court."),
    answer("en, wrong person", "Re: Open the road", "You have the wrong ministry. Try Foreign Affairs."),
    answer("en, a question about receipt", "Re: Open the road", "Have you received our letter of 2 May? It answers your points one to four."),
    answer("hy", "Re: Բացե՛ք ճանապարհը", "Հարգելի տիկին Սարգսյան,\n\nՁեր բարձրացրած հարցը քննարկվել է կառավարության նիստում, և մենք դիմել ենք դատարանին:\n\nՀարգանքով"),
    answer("hy, received and then substance", "Re: Բացե՛ք ճանապարհը", "Ձեր նամակը ստացել ենք: Կառավարությունը մայիսի 4-ին այդ հարցը բարձրացրեց Անվտանգության խորհրդում և պահանջեց անհապաղ ապահովել մարդկանց ու բեռների ազատ տեղաշարժը, ինչպես նաև դիտորդներ ուղարկել տեղում իրավիճակին ծանոթանալու համար:"),
    answer("ru", "Re: Откройте дорогу", "Уважаемая г-жа Саргсян!\n\nВопрос обсуждён с обеими сторонами, мы настаиваем на свободном проезде.\n\nС уважением"),
    answer("ru, received and then substance", "Re: Откройте дорогу", "Ваше письмо получено. Министр поднял этот вопрос на встрече 3 мая и сообщил обеим сторонам, что движение должно быть восстановлено без всяких условий; соответствующее заявление опубликовано на сайте, его копия прилагается ниже."),
    answer("fr", "Re: Ouvrez la route", "Madame,\n\nLa France a demandé hier, au Conseil de sécurité, la réouverture de la route.\n\nCordialement"),
    answer("fr, received and then substance", "Re: Ouvrez la route", "Nous avons bien reçu votre lettre. Le ministre s'est entretenu avec les deux parties cette semaine et leur a rappelé l'ordonnance de la Cour ; il estime que des observateurs doivent être envoyés sans attendre et le dira publiquement vendredi."),
    answer("de", "AW: Öffnet die Straße", "Sehr geehrte Frau Sargsyan,\n\ndie Bundesregierung hat sich am Dienstag für die Öffnung eingesetzt.\n\nMit freundlichen Grüßen"),
    answer("de, absence in the signature", "AW: Öffnet die Straße", "Das haben wir gestern mit dem Botschafter besprochen, er nimmt es mit nach Hause.\n\nMax Muster\nIch bin vom 8. bis 12. Mai nicht im Büro."),
    answer("es", "Re: Abran la carretera", "España votará a favor en la próxima sesión."),
    answer("it", "Re: Aprite la strada", "Il Governo ne ha parlato ieri con le parti e chiede la riapertura immediata."),
    answer("pt", "Re: Abram a estrada", "A questão será levada à reunião de quinta-feira; enviaremos o texto."),
    answer("ar", "Re: افتحوا الطريق", "ناقشنا الموضوع مع الطرفين أمس وطلبنا فتح الطريق فورا."),
    answer("zh", "Re: 打开道路", "我们昨天已向双方提出此事，并要求立即恢复通行。"),
    answer("ja", "Re: 道を開いてください", "本件については昨日、両国の大使に申し入れを行い、通行の即時再開を求めました。"),
    answer("tr", "Re: Yolu açın", "Konu dün iki tarafla da görüşüldü; yolun koşulsuz açılmasını istedik."),
    answer("az", "Re: Yolu açın", "Məsələ dünən hər iki tərəflə müzakirə olundu və yolun açılması tələb edildi."),
    answer("pl", "Re: Otwórzcie drogę", "Sprawę poruszyliśmy wczoraj z ambasadorem i oczekujemy otwarcia drogi."),
    answer("uk", "Re: Відкрийте дорогу", "Учора ми обговорили це з обома сторонами й вимагаємо відкрити дорогу."),
    answer("an office that is really closed, and a decision", "Re: Open the road", "Our office is closed on Monday. We shall vote for the text on Tuesday."),
    answer("en, in doubt: an empty return path and words we do not know", "Re: Open the road", "Gone fishing.", Return_Path="<>"),
    answer("en, travelling, in order to act", "Re: Open the road", "I will be travelling to Geneva next week and will bring it up there. Thank you for your letter."),
    answer("en, away, and asks", "Re: Open the road", "I am out of the office until Monday, please call me on Tuesday. Could you bring the order along?"),
    answer("en, a registry that calls its mail automatic", "Re: Open the road", "The Minister is on leave until Monday. In the meantime we can confirm that Canada has not changed its view: the parties should talk to each other first.", X_Auto_Response_Suppress="All"),
    answer("en, empty return path, from a registry", "Re: Open the road", "No. We will not do that.", Return_Path="<>"),
    answer("en, auto-replied, but it is decided", "Re: Open the road", "The committee has put your letter before the parties, and both of them have promised to let the first lorries pass on Tuesday.", Auto_Submitted="auto-replied"),
    answer("en, a reply to an automatic reply", "Re: Automatic reply: Open the road", "Thanks, we took this up with the ambassador instead."),
    answer("fr, en congé mais d'accord", "Re: Ouvrez la route", "Je suis en congés jusqu'à lundi, mais nous soutenons votre première demande."),
    answer("de, lehnt ab", "AW: Öffnet die Straße", "Vielen Dank für Ihr Schreiben. Wir lehnen Ihre Forderungen ab."),
    answer("ru, не согласны", "Re: Откройте дорогу", "Спасибо за письмо. Мы с вами не согласны."),
    answer("nothing but a quote", "Re: Open the road", OURS),
]  # fmt: skip

# Written after the rules, to see whether they hold.
LATER_AWAY = [
    "Hi there, thanks for your email. I'm on parental leave and will be back in September. In the meantime, please reach out to my colleague Tom at tom@mfa.example. Best, Ann",
    "Thank you for your e-mail. The office is closed from 1 to 5 May for public holidays. We will answer your message when we are back.",
    "I'm currently attending a conference and have only sporadic access to my inbox. I'll get back to you as soon as I can.",
    "Bonjour, je vous remercie de votre message. Je suis actuellement en congé maternité. Merci de vous adresser à Mme Durand. Cordialement",
    "Guten Tag, vielen Dank für Ihre Nachricht. Ich befinde mich bis einschließlich 12.05. im Urlaub. Ihre E-Mail wird nicht automatisch weitergeleitet. Freundliche Grüße",
    "Здравствуйте! Спасибо за Ваше письмо. До 15 мая я нахожусь в отпуске и не проверяю почту. Отвечу после возвращения.",
    "Добрый день. В настоящее время я нахожусь вне офиса. Со мной можно связаться по телефону.",
    "Hola, gracias por su mensaje. Estaré fuera de la oficina hasta el lunes. Si es urgente, llame al 555.",
    "Buongiorno, grazie per il messaggio. Sarò fuori ufficio fino a lunedì. Per comunicazioni urgenti potete contattare il collega.",
    "Olá, obrigada pela sua mensagem. Estarei ausente do escritório até segunda-feira. Em caso de urgência contacte a minha colega.",
    "Merhaba, mesajınız için teşekkür ederim. 12 Mayıs'a kadar izindeyim. Acil konularda lütfen meslektaşıma yazınız.",
    "Dziękuję za wiadomość. Do 12 maja jestem na urlopie. W pilnych sprawach proszę kontaktować się z sekretariatem.",
    "Дякую за лист. До 12 травня я у відпустці. У термінових випадках телефонуйте до приймальні.",
    "Շնորհակալություն նամակի համար: Մինչև մայիսի 12-ը արձակուրդում եմ, կպատասխանեմ վերադառնալուց հետո:",
    "شكرا على رسالتك. أنا حاليا في إجازة حتى 12 مايو. في حال وجود أمر عاجل يرجى الاتصال بزميلي.",
    "感谢您的来信。本人于5月1日至12日休假，期间无法及时回复，如有急事请联系秘书处。",
    "メールありがとうございます。5月12日まで休暇を取得しております。お返事は13日以降とさせていただきます。",
    "Məktubunuz üçün təşəkkür edirəm. Mayın 12-dək məzuniyyətdəyəm. Təcili məsələlər üçün zəhmət olmasa katibliyə yazın.",
]
LATER_RECEIVED = [
    "Dear Ms Sargsyan, Thank you for writing to the Foreign Secretary. I am replying to acknowledge receipt of your correspondence, which has been passed to the relevant team. Regards, Correspondence Team",
    "Madame, le cabinet du Ministre a bien reçu votre courriel et vous en remercie. Nous ne manquerons pas de vous répondre dans les meilleurs délais.",
    "Sehr geehrte Frau Sargsyan, der Eingang Ihres Schreibens vom 28. April wird hiermit bestätigt. Es wurde an das zuständige Fachreferat weitergeleitet.",
    "Уважаемая Анна, сообщаем, что Ваше обращение поступило в Министерство и направлено на рассмотрение в профильный департамент.",
    "Հարգելի տիկին, տեղեկացնում ենք, որ Ձեր դիմումը գրանցված է և ուղարկվել է համապատասխան վարչություն:",
    "您好，我们已收到您的邮件，工作人员会尽快处理并与您联系。",
    "お手紙を拝受いたしました。担当部署に申し伝えます。",
    "Dilekçeniz kayda alınmış ve ilgili birime iletilmiştir.",
    "Pana wiadomość została zarejestrowana i przekazana do właściwego departamentu.",
    "تم استلام رسالتكم وإحالتها إلى الجهة المختصة.",
    "La ringraziamo per averci scritto. La Sua comunicazione è stata protocollata e trasmessa agli uffici competenti.",
    "Informamos que a sua manifestação foi registrada e encaminhada ao setor responsável.",
    "Ваш лист надійшов до Міністерства та передано на розгляд відповідного департаменту.",
]
LATER_ANSWERS = [
    "We discussed your demands in cabinet today. No decision yet.",
    "Thank you. We agree.",
    "I have passed your letter to the Prime Minister, who will speak to Baku tomorrow.",
    "Thanks for getting in touch. We can't help with this.",
    "Merci de votre message. Nous ne partageons pas votre analyse.",
    "Danke für Ihre Nachricht. Das ist nicht unsere Zuständigkeit; wenden Sie sich an das Auswärtige Amt.",
    "Спасибо. Мы передали ваше обращение в Баку и ждём ответа к пятнице.",
    "Շնորհակալ ենք: Մենք կողմ ենք առաջին երեք պահանջներին:",
    "Gracias por su carta. Apoyamos la primera petición.",
    "Please stop writing to us.",
    "We met them on Monday; they said no.",
    "Can we meet on Tuesday?",
    "The embassy will be closed until you stop.",
    "Thank you for your letter. The road is open since this morning.",
    "We received it. It's nonsense.",
    "I'm away but my answer is yes.",
    "Out of office today, so briefly: yes to 1 and 2, no to 3.",
    "Vielen Dank, wir haben Ihr Schreiben erhalten und stimmen zu.",
    "谢谢来信。我们不同意。",
    "ご意見ありがとうございます。賛同いたします。",
    "Mektubunuzu aldık, taleplerinizi kabul etmiyoruz.",
    "Ваше письмо получили. Дорогу откроют завтра.",
]
LATER = [
    *(away(f"later, {number}", "Re: Open the road", text) for number, text in enumerate(LATER_AWAY)),
    *(received(f"later, {number}", "Re: Open the road", text) for number, text in enumerate(LATER_RECEIVED)),
    *(answer(f"later, {number}", "Re: Open the road", text) for number, text in enumerate(LATER_ANSWERS)),
]

CORPUS = [*AWAY, *RECEIVED, *ANSWERS, *LATER]
