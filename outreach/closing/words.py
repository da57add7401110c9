"""What a closing report says, in every language it knows. Numbers stand beside labels, so that no "
"grammar bends them."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.words.language import choose
from outreach.closing.account import Deed, Reach, Word

ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`reach`, `word`, `deed`, `status`: in the order of those enumerations; `methods`: sentences, `{n}` is TOO_FEW."""

    final: str
    interim: str
    published: str
    deadline: str
    as_of: str
    closed: str
    invented: str
    short: str
    asked: str
    proven: str
    answered: str
    acted: str
    of: str
    reach_title: str
    reach: tuple[str, ...]
    steps_title: str
    step: str
    began: str
    addressees: str
    sent_title: str
    channel: str
    messages: str
    reminder: str
    in_public: str
    word_title: str
    word: tuple[str, ...]
    deed_title: str
    demand: str
    deed: tuple[str, ...]
    time_title: str
    in_days: str
    day: str
    to_answer: str
    to_act: str
    number: str
    shortest: str
    middle: str
    longest: str
    too_few: str
    group_title: str
    group: str
    each_title: str
    addressee: str
    letter: str
    answer: str
    met: str
    state: str
    status: tuple[str, ...]
    table: str
    method_title: str
    methods: tuple[str, ...]
    check_title: str
    record: str
    evidence: str
    page: str

    def reached(self, reach: Reach) -> str:
        return self.reach[list(Reach).index(reach)]

    def said(self, word: Word) -> str:
        return self.word[list(Word).index(word)]

    def did(self, deed: Deed) -> str:
        return self.deed[list(Deed).index(deed)]

    def stands(self, status: str) -> str:
        return self.status[STATUSES.index(status)]


STATUSES = ("planned", "waiting", "acted", "exhausted", "withdrawn")

SAID = {
    "en": Words(
        final="Closing report",
        interim="Interim report",
        published="Published",
        deadline="Deadline",
        as_of="As of",
        closed="Closed",
        invented="A rehearsal: nothing was sent, and every answer in it is invented.",
        short="In short",
        asked="Asked",
        proven="Proven delivered",
        answered="Answered",
        acted="Acted",
        of="{n} of {total}",
        reach_title="How far the letters came",
        reach=(
            "Proven delivered",
            "Taken, without proof",
            "Under way",
            "Outcome unknown",
            "Did not arrive",
            "Nothing sent",
        ),
        steps_title="The steps that were taken",
        step="Step",
        began="First began",
        addressees="Addressees",
        sent_title="What was sent",
        channel="Channel",
        messages="Messages",
        reminder="reminder",
        in_public="in public",
        word_title="Who answered",
        word=(
            "Commitment",
            "Answer to the demands",
            "Refusal",
            "Referred elsewhere",
            "Acknowledgement only",
            "Answer not read yet",
            "Automatic reply only",
            "No answer",
        ),
        deed_title="What was done, demand by demand",
        demand="Demand",
        deed=("Done", "Partly done", "Committed", "Refused", "“Not for us”", "Nothing recorded"),
        time_title="How long it took",
        in_days="In days",
        day="Day",
        to_answer="From proven delivery to the first answer",
        to_act="From proven delivery to action",
        number="Number",
        shortest="Shortest",
        middle="Median",
        longest="Longest",
        too_few="too few",
        group_title="By group",
        group="Group",
        each_title="Each addressee",
        addressee="Addressee",
        letter="Letter",
        answer="Answer",
        met="Demands met",
        state="State",
        status=("Not begun", "Time is running", "Acted", "No action", "Withdrawn"),
        table="The numbers as a table",
        method_title="How we counted",
        methods=(
            "Delivered means proven: the receiving side said so. What was only taken, and what is unknown, is never "
            "counted as delivered.",
            "An automatic reply is no answer, and a read receipt counts for nothing.",
            "Only an outcome that a person recorded with evidence counts as action, demand by demand. Done and partly "
            "done meet a demand; a promise or a refusal does not.",
            "Times run from the first proven delivery to that addressee. Without proof there is no time.",
            "Who is in several groups is counted once in all totals, and once in each of those groups.",
            "With fewer than {n} there is no share, no median and no comparison. Nothing is ranked: the order is the "
            "campaign’s own.",
            "This report is made from the record whenever it is opened. Action that comes late is added under its own "
            "date.",
        ),
        check_title="Check it yourself",
        record="Public record",
        evidence="Evidence file",
        page="Page",
    ),
    "hy": Words(
        final="Ամփոփիչ հաշվետվություն",
        interim="Միջանկյալ հաշվետվություն",
        published="Հրապարակվել է",
        deadline="Վերջնաժամկետ",
        as_of="Դրությամբ",
        closed="Փակվել է",
        invented="Սա փորձ է. ոչինչ չի ուղարկվել, և այստեղի բոլոր պատասխանները հորինված են։",
        short="Կարճ",
        asked="Դիմել ենք",
        proven="Առաքումն ապացուցված է",
        answered="Պատասխանել են",
        acted="Գործել են",
        of="{n}՝ {total}-ից",
        reach_title="Որքան հեռու հասան նամակները",
        reach=(
            "Առաքումն ապացուցված է",
            "Ընդունված է, առանց ապացույցի",
            "Ճանապարհին",
            "Արդյունքն անհայտ է",
            "Չի հասել",
            "Ոչինչ չի ուղարկվել",
        ),
        steps_title="Կատարված քայլերը",
        step="Քայլ",
        began="Սկիզբ",
        addressees="Հասցեատերեր",
        sent_title="Ինչ է ուղարկվել",
        channel="Կապուղի",
        messages="Հաղորդագրություններ",
        reminder="հիշեցում",
        in_public="հրապարակային",
        word_title="Ովքեր պատասխանեցին",
        word=(
            "Պարտավորություն",
            "Պատասխան պահանջներին",
            "Մերժում",
            "Ուղղորդել են ուրիշի",
            "Միայն ստացման հաստատում",
            "Դեռ չընթերցված պատասխան",
            "Միայն ավտոմատ պատասխան",
            "Պատասխան չկա",
        ),
        deed_title="Ինչ է արվել՝ ըստ պահանջների",
        demand="Պահանջ",
        deed=("Կատարված է", "Մասամբ կատարված է", "Խոստացված է", "Մերժված է", "«Մեր գործը չէ»", "Գրանցված ոչինչ չկա"),
        time_title="Որքան ժամանակ պահանջվեց",
        in_days="Օրերով",
        day="Օր",
        to_answer="Ապացուցված առաքումից մինչև առաջին պատասխանը",
        to_act="Ապացուցված առաքումից մինչև գործողությունը",
        number="Թիվ",
        shortest="Ամենակարճ",
        middle="Միջնարժեք",
        longest="Ամենաերկար",
        too_few="չափազանց քիչ",
        group_title="Ըստ խմբերի",
        group="Խումբ",
        each_title="Յուրաքանչյուր հասցեատեր",
        addressee="Հասցեատեր",
        letter="Նամակ",
        answer="Պատասխան",
        met="Կատարված պահանջներ",
        state="Վիճակ",
        status=("Չի սկսվել", "Ժամկետն ընթանում է", "Գործել է", "Գործողություն չկա", "Հետ է կանչված"),
        table="Թվերը՝ աղյուսակով",
        method_title="Ինչպես ենք հաշվել",
        methods=(
            "Առաքված նշանակում է ապացուցված. ստացող կողմն ասել է դա։ Այն, ինչ միայն ընդունվել է, և այն, ինչ անհայտ է, "
            "երբեք առաքված չի համարվում։",
            "Ավտոմատ պատասխանը պատասխան չէ, իսկ ընթերցման ծանուցումը հաշվի չի առնվում։",
            "Գործողություն է համարվում միայն այն արդյունքը, որը մարդը գրանցել է ապացույցով, պահանջ առ պահանջ։ Լրիվ կամ "
            "մասամբ կատարվածը բավարարում է պահանջը, խոստումը կամ մերժումը՝ ոչ։",
            "Ժամանակը հաշվվում է տվյալ հասցեատիրոջն առաջին ապացուցված առաքումից։ Առանց ապացույցի ժամանակ չի նշվում։",
            "Ով մի քանի խմբում է, բոլոր հանրագումարներում հաշվվում է մեկ անգամ և մեկական անգամ՝ այդ "
            "խմբերից յուրաքանչյուրում։",
            "Եթե թիվը {n}-ից պակաս է, չկա ո՛չ մասնաբաժին, ո՛չ միջնարժեք, ո՛չ համեմատություն։ Ոչինչ չի դասակարգվում. "
            "հերթականությունը արշավինն է։",
            "Այս հաշվետվությունը կազմվում է գրառումներից ամեն անգամ, երբ այն բացում են։ Ուշ "
            "գործողությունը ավելացվում է իր "
            "ամսաթվով։",
        ),
        check_title="Ստուգեք ինքներդ",
        record="Հրապարակային գրանցամատյան",
        evidence="Ապացույցների ֆայլ",
        page="Էջ",
    ),
    "ru": Words(
        final="Итоговый отчёт",
        interim="Промежуточный отчёт",
        published="Опубликовано",
        deadline="Срок",
        as_of="По состоянию на",
        closed="Закрыто",
        invented="Это репетиция: ничего не отправлено, и все ответы в ней вымышлены.",
        short="Коротко",
        asked="К кому обратились",
        proven="Доставка доказана",
        answered="Ответили",
        acted="Приняли меры",
        of="{n} из {total}",
        reach_title="Докуда дошли письма",
        reach=(
            "Доставка доказана",
            "Принято, без доказательства",
            "В пути",
            "Исход неизвестен",
            "Не дошло",
            "Ничего не отправлено",
        ),
        steps_title="Сделанные шаги",
        step="Шаг",
        began="Начало",
        addressees="Адресаты",
        sent_title="Что отправлено",
        channel="Канал",
        messages="Сообщения",
        reminder="напоминание",
        in_public="публично",
        word_title="Кто ответил",
        word=(
            "Обязательство",
            "Ответ на требования",
            "Отказ",
            "Отсылка к другим",
            "Только подтверждение получения",
            "Ответ ещё не прочитан",
            "Только автоматический ответ",
            "Нет ответа",
        ),
        deed_title="Что сделано по каждому требованию",
        demand="Требование",
        deed=("Выполнено", "Выполнено частично", "Обещано", "Отказ", "«Не к нам»", "Ничего не записано"),
        time_title="Сколько времени это заняло",
        in_days="В днях",
        day="День",
        to_answer="От доказанной доставки до первого ответа",
        to_act="От доказанной доставки до принятых мер",
        number="Число",
        shortest="Меньше всего",
        middle="Медиана",
        longest="Больше всего",
        too_few="слишком мало",
        group_title="По группам",
        group="Группа",
        each_title="Каждый адресат",
        addressee="Адресат",
        letter="Письмо",
        answer="Ответ",
        met="Выполнено требований",
        state="Состояние",
        status=("Не начато", "Срок идёт", "Меры приняты", "Мер нет", "Отозвано"),
        table="Те же числа таблицей",
        method_title="Как мы считали",
        methods=(
            "Доставлено — значит доказано: так сказала принимающая сторона. То, что лишь принято, и то, "
            "что неизвестно, "
            "никогда не считается доставленным.",
            "Автоматический ответ — не ответ, а уведомление о прочтении ничего не значит.",
            "Мерой считается только исход, который человек записал с доказательством, по каждому требованию отдельно. "
            "Выполненное полностью или частично закрывает требование; обещание или отказ — нет.",
            "Время считается от первой доказанной доставки этому адресату. Без доказательства времени нет.",
            "Кто состоит в нескольких группах, посчитан один раз во всех итогах и по разу в каждой из этих групп.",
            "Если меньше {n}, нет ни доли, ни медианы, ни сравнения. Рейтинга нет: порядок такой же, как в кампании.",
            "Отчёт составляется по записям каждый раз, когда его открывают. Поздние меры добавляются под своей датой.",
        ),
        check_title="Проверьте сами",
        record="Открытая запись",
        evidence="Файл доказательств",
        page="Страница",
    ),
    "fr": Words(
        final="Rapport final",
        interim="Rapport intermédiaire",
        published="Publié",
        deadline="Échéance",
        as_of="État au",
        closed="Clos",
        invented="Une répétition : rien n’a été envoyé, et toutes les réponses sont inventées.",
        short="En bref",
        asked="Sollicités",
        proven="Remise prouvée",
        answered="Ont répondu",
        acted="Ont agi",
        of="{n} sur {total}",
        reach_title="Jusqu’où sont allées les lettres",
        reach=("Remise prouvée", "Acceptée, sans preuve", "En route", "Issue inconnue", "Non arrivée", "Rien d’envoyé"),
        steps_title="Les étapes franchies",
        step="Étape",
        began="Début",
        addressees="Destinataires",
        sent_title="Ce qui a été envoyé",
        channel="Canal",
        messages="Messages",
        reminder="rappel",
        in_public="en public",
        word_title="Qui a répondu",
        word=(
            "Engagement",
            "Réponse aux demandes",
            "Refus",
            "Renvoi vers d’autres",
            "Accusé de réception seulement",
            "Réponse pas encore lue",
            "Réponse automatique seulement",
            "Aucune réponse",
        ),
        deed_title="Ce qui a été fait, demande par demande",
        demand="Demande",
        deed=("Fait", "Fait en partie", "Promis", "Refusé", "« Pas de notre ressort »", "Rien de consigné"),
        time_title="Combien de temps il a fallu",
        in_days="En jours",
        day="Jour",
        to_answer="De la remise prouvée à la première réponse",
        to_act="De la remise prouvée à l’action",
        number="Nombre",
        shortest="Le plus court",
        middle="Médiane",
        longest="Le plus long",
        too_few="trop peu",
        group_title="Par groupe",
        group="Groupe",
        each_title="Chaque destinataire",
        addressee="Destinataire",
        letter="Lettre",
        answer="Réponse",
        met="Demandes satisfaites",
        state="État",
        status=("Pas commencé", "Le délai court", "A agi", "Aucune action", "Retiré"),
        table="Les chiffres en tableau",
        method_title="Comment nous avons compté",
        methods=(
            "Remis veut dire prouvé : le côté destinataire l’a dit. Ce qui a seulement été accepté, et ce "
            "qui est inconnu, "
            "n’est jamais compté comme remis.",
            "Une réponse automatique n’est pas une réponse, et un accusé de lecture ne compte pour rien.",
            "Seul compte comme action un résultat qu’une personne a consigné avec une preuve, demande par "
            "demande. Fait et "
            "fait en partie satisfont une demande ; une promesse ou un refus, non.",
            "Les durées partent de la première remise prouvée à ce destinataire. Sans preuve, pas de durée.",
            "Qui fait partie de plusieurs groupes est compté une fois dans tous les totaux, et une fois "
            "dans chacun d’eux.",
            "En dessous de {n}, il n’y a ni part, ni médiane, ni comparaison. Rien n’est classé : l’ordre "
            "est celui de la "
            "campagne.",
            "Ce rapport est tiré du registre chaque fois qu’on l’ouvre. Une action tardive y est ajoutée "
            "à sa propre date.",
        ),
        check_title="Vérifiez vous-même",
        record="Registre public",
        evidence="Fichier de preuves",
        page="Page",
    ),
    "de": Words(
        final="Abschlussbericht",
        interim="Zwischenbericht",
        published="Veröffentlicht",
        deadline="Frist",
        as_of="Stand",
        closed="Beendet",
        invented="Eine Probe: Nichts wurde verschickt, und jede Antwort darin ist erfunden.",
        short="Kurz gesagt",
        asked="Gefragt",
        proven="Zustellung bewiesen",
        answered="Geantwortet",
        acted="Gehandelt",
        of="{n} von {total}",
        reach_title="Wie weit die Briefe kamen",
        reach=(
            "Zustellung bewiesen",
            "Angenommen, ohne Beweis",
            "Unterwegs",
            "Ausgang unbekannt",
            "Nicht angekommen",
            "Nichts verschickt",
        ),
        steps_title="Die Schritte, die getan wurden",
        step="Schritt",
        began="Zuerst begonnen",
        addressees="Adressaten",
        sent_title="Was verschickt wurde",
        channel="Kanal",
        messages="Nachrichten",
        reminder="Erinnerung",
        in_public="öffentlich",
        word_title="Wer geantwortet hat",
        word=(
            "Zusage",
            "Antwort auf die Forderungen",
            "Ablehnung",
            "An andere verwiesen",
            "Nur Eingangsbestätigung",
            "Antwort noch nicht gelesen",
            "Nur automatische Antwort",
            "Keine Antwort",
        ),
        deed_title="Was getan wurde, Forderung für Forderung",
        demand="Forderung",
        deed=("Erfüllt", "Teilweise erfüllt", "Zugesagt", "Abgelehnt", "„Nicht unsere Sache“", "Nichts verzeichnet"),
        time_title="Wie lange es dauerte",
        in_days="In Tagen",
        day="Tag",
        to_answer="Von der bewiesenen Zustellung bis zur ersten Antwort",
        to_act="Von der bewiesenen Zustellung bis zum Handeln",
        number="Anzahl",
        shortest="Kürzeste",
        middle="Median",
        longest="Längste",
        too_few="zu wenige",
        group_title="Nach Gruppen",
        group="Gruppe",
        each_title="Jeder Adressat",
        addressee="Adressat",
        letter="Brief",
        answer="Antwort",
        met="Forderungen erfüllt",
        state="Stand",
        status=("Nicht begonnen", "Frist läuft", "Gehandelt", "Kein Handeln", "Zurückgezogen"),
        table="Die Zahlen als Tabelle",
        method_title="Wie wir gezählt haben",
        methods=(
            "Zugestellt heißt bewiesen: Die empfangende Seite hat es gesagt. Was nur angenommen wurde und "
            "was unbekannt ist, "
            "zählt nie als zugestellt.",
            "Eine automatische Antwort ist keine Antwort, und eine Lesebestätigung zählt nicht.",
            "Als Handeln zählt nur, was ein Mensch mit Beleg verzeichnet hat, Forderung für Forderung. "
            "Ganz oder teilweise "
            "Erfülltes erfüllt eine Forderung; eine Zusage oder Ablehnung nicht.",
            "Zeiten laufen ab der ersten bewiesenen Zustellung an diesen Adressaten. Ohne Beweis gibt es keine Zeit.",
            "Wer in mehreren Gruppen ist, zählt in allen Summen einmal und in jeder dieser Gruppen einmal.",
            "Unter {n} gibt es keinen Anteil, keinen Median und keinen Vergleich. Nichts wird gereiht: "
            "Die Reihenfolge ist die "
            "der Kampagne.",
            "Dieser Bericht entsteht aus dem Verzeichnis, sooft er geöffnet wird. Spätes Handeln kommt "
            "mit seinem Datum hinzu.",
        ),
        check_title="Prüfen Sie es selbst",
        record="Öffentliches Verzeichnis",
        evidence="Beweisdatei",
        page="Seite",
    ),
    "es": Words(
        final="Informe final",
        interim="Informe provisional",
        published="Publicado",
        deadline="Plazo",
        as_of="A fecha de",
        closed="Cerrado",
        invented="Un ensayo: no se envió nada y todas las respuestas son inventadas.",
        short="En breve",
        asked="Consultados",
        proven="Entrega probada",
        answered="Respondieron",
        acted="Actuaron",
        of="{n} de {total}",
        reach_title="Hasta dónde llegaron las cartas",
        reach=(
            "Entrega probada",
            "Aceptada, sin prueba",
            "En camino",
            "Resultado desconocido",
            "No llegó",
            "Nada enviado",
        ),
        steps_title="Los pasos dados",
        step="Paso",
        began="Comenzó",
        addressees="Destinatarios",
        sent_title="Qué se envió",
        channel="Canal",
        messages="Mensajes",
        reminder="recordatorio",
        in_public="en público",
        word_title="Quién respondió",
        word=(
            "Compromiso",
            "Respuesta a las demandas",
            "Negativa",
            "Remite a otros",
            "Solo acuse de recibo",
            "Respuesta aún sin leer",
            "Solo respuesta automática",
            "Sin respuesta",
        ),
        deed_title="Qué se hizo, demanda por demanda",
        demand="Demanda",
        deed=("Hecho", "Hecho en parte", "Prometido", "Rechazado", "«No nos corresponde»", "Nada registrado"),
        time_title="Cuánto tardó",
        in_days="En días",
        day="Día",
        to_answer="De la entrega probada a la primera respuesta",
        to_act="De la entrega probada a la acción",
        number="Número",
        shortest="El más corto",
        middle="Mediana",
        longest="El más largo",
        too_few="muy pocos",
        group_title="Por grupo",
        group="Grupo",
        each_title="Cada destinatario",
        addressee="Destinatario",
        letter="Carta",
        answer="Respuesta",
        met="Demandas cumplidas",
        state="Estado",
        status=("Sin comenzar", "El plazo corre", "Actuó", "Sin acción", "Retirado"),
        table="Las cifras en una tabla",
        method_title="Cómo contamos",
        methods=(
            "Entregado significa probado: lo dijo la parte que recibe. Lo que solo fue aceptado y lo "
            "desconocido nunca se "
            "cuenta como entregado.",
            "Una respuesta automática no es una respuesta, y una confirmación de lectura no cuenta.",
            "Solo cuenta como acción un resultado que una persona registró con pruebas, demanda por "
            "demanda. Lo hecho del todo "
            "o en parte cumple una demanda; una promesa o una negativa, no.",
            "Los tiempos corren desde la primera entrega probada a ese destinatario. Sin prueba no hay tiempo.",
            "Quien está en varios grupos se cuenta una vez en todos los totales y una vez en cada uno de esos grupos.",
            "Con menos de {n} no hay proporción, mediana ni comparación. Nada se clasifica: el orden es "
            "el de la campaña.",
            "Este informe se hace a partir del registro cada vez que se abre. La acción tardía se añade "
            "con su propia fecha.",
        ),
        check_title="Compruébelo usted",
        record="Registro público",
        evidence="Archivo de pruebas",
        page="Página",
    ),
    "ar": Words(
        final="التقرير الختامي",
        interim="تقرير مرحلي",
        published="تاريخ النشر",
        deadline="المهلة",
        as_of="حتى تاريخ",
        closed="أُغلق",
        invented="هذه تجربة: لم يُرسل شيء، وكل رد فيها مُتخيَّل.",
        short="باختصار",
        asked="من خاطبناهم",
        proven="ثبت التسليم",
        answered="ردّوا",
        acted="تحركوا",
        of="{n} من {total}",
        reach_title="إلى أين وصلت الرسائل",
        reach=("ثبت التسليم", "قُبلت بلا إثبات", "في الطريق", "النتيجة مجهولة", "لم تصل", "لم يُرسل شيء"),
        steps_title="الخطوات التي اتُّخذت",
        step="الخطوة",
        began="بدأت",
        addressees="المخاطَبون",
        sent_title="ما أُرسل",
        channel="القناة",
        messages="الرسائل",
        reminder="تذكير",
        in_public="علنًا",
        word_title="من ردّ",
        word=(
            "تعهّد",
            "رد على المطالب",
            "رفض",
            "إحالة إلى غيرهم",
            "إشعار استلام فقط",
            "رد لم يُقرأ بعد",
            "رد آلي فقط",
            "لا رد",
        ),
        deed_title="ما الذي أُنجز، مطلبًا مطلبًا",
        demand="المطلب",
        deed=("أُنجز", "أُنجز جزئيًا", "وُعد به", "رُفض", "«ليس من شأننا»", "لا شيء مسجَّل"),
        time_title="كم استغرق ذلك",
        in_days="بالأيام",
        day="اليوم",
        to_answer="من ثبوت التسليم إلى أول رد",
        to_act="من ثبوت التسليم إلى التحرك",
        number="العدد",
        shortest="الأقصر",
        middle="الوسيط",
        longest="الأطول",
        too_few="أقل من أن يُقارن",
        group_title="حسب المجموعة",
        group="المجموعة",
        each_title="كل مخاطَب",
        addressee="المخاطَب",
        letter="الرسالة",
        answer="الرد",
        met="المطالب المستجابة",
        state="الحالة",
        status=("لم يبدأ", "المهلة جارية", "تحرّك", "لا تحرّك", "سُحب"),
        table="الأرقام في جدول",
        method_title="كيف أحصينا",
        methods=(
            "«سُلّمت» تعني أن التسليم ثبت: الجهة المستلمة قالت ذلك. وما قُبل فقط وما هو مجهول لا يُحسب مسلَّمًا أبدًا.",
            "الرد الآلي ليس ردًا، وإشعار القراءة لا يُحسب.",
            "لا يُحسب تحركًا إلا نتيجة سجّلها شخص مع دليل، مطلبًا مطلبًا. الإنجاز الكامل أو الجزئي يلبّي "
            "المطلب؛ أما الوعد أو الرفض فلا.",
            "تُحسب المدد من أول تسليم ثابت إلى ذلك المخاطَب. وبلا إثبات لا تُذكر مدة.",
            "من كان في عدة مجموعات يُحسب مرة واحدة في كل المجاميع، ومرة في كل مجموعة منها.",
            "إذا قل العدد عن {n} فلا نسبة ولا وسيط ولا مقارنة. ولا ترتيب تفاضليًا: الترتيب هو ترتيب الحملة نفسها.",
            "يُعدّ هذا التقرير من السجل كلما فُتح. والتحرك المتأخر يُضاف بتاريخه.",
        ),
        check_title="تحقق بنفسك",
        record="السجل العلني",
        evidence="ملف الأدلة",
        page="صفحة",
    ),
}


def title(language: str, *, is_final: bool) -> str:
    """What the report is called, in that language or in English."""
    said = SAID[spoken([language])]
    return said.final if is_final else said.interim


def spoken(languages: Iterable[str]) -> str:
    """The first of these languages in which a report can speak; English if there is none."""
    return choose(tuple(languages), SAID, ENGLISH).language
