"""What our forms say about age, partners and the law, in every language they know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConsentSentences:
    """`{age}`: a number of years."""

    age: str
    old_enough: str
    younger: str
    age_missing: str
    partners: str
    partners_more: str
    given_to_nobody_else: str
    policy: str


CONSENT = {
    "en": ConsentSentences(
        age="Your age",
        old_enough="I am at least {age} years old",
        younger="I am younger than {age}, and a parent or guardian agrees",
        age_missing="Say how old you are; the campaign asks this of everybody",
        partners="Asked apart: others who would get your name and address",
        partners_more="You may say no, or nothing, and sign all the same.",
        given_to_nobody_else="Your name and address are kept sealed and given to nobody but those to whom you say yes "
        "above. You can see or erase them, and take every yes back, whenever you want.",
        policy="The whole privacy policy",
    ),
    "hy": ConsentSentences(
        age="Ձեր տարիքը",
        old_enough="Ես առնվազն {age} տարեկան եմ",
        younger="Ես {age} տարեկանից փոքր եմ, և ծնողս կամ խնամակալս համաձայն է",
        age_missing="Նշեք ձեր տարիքը. արշավը դա հարցնում է բոլորին",
        partners="Առանձին հարց՝ ուրիշներ, ովքեր կստանան ձեր անունն ու հասցեն",
        partners_more="Կարող եք պատասխանել «ոչ» կամ չպատասխանել և միևնույն է ստորագրել։",
        given_to_nobody_else="Ձեր անունն ու հասցեն պահվում են կնքված և չեն տրվում ոչ ոքի, բացի նրանցից, ում վերևում "
        "կասեք «այո»։ Ցանկացած պահի կարող եք տեսնել կամ ջնջել դրանք և հետ վերցնել ամեն «այո»։",
        policy="Գաղտնիության ամբողջական կանոնները",
    ),
    "ru": ConsentSentences(
        age="Ваш возраст",
        old_enough="Мне исполнилось {age} лет",
        younger="Мне ещё нет {age} лет, и родитель или опекун согласен",
        age_missing="Укажите свой возраст: кампания спрашивает об этом всех",
        partners="Отдельный вопрос: другие, кто получил бы ваше имя и адрес",
        partners_more="Можно ответить «нет» или не отвечать и всё равно подписать.",
        given_to_nobody_else="Ваше имя и адрес хранятся в запечатанном виде и не передаются никому, кроме тех, кому вы "
        "выше ответите «да». Вы можете в любое время увидеть или стереть их и отозвать любое «да».",
        policy="Полная политика конфиденциальности",
    ),
    "fr": ConsentSentences(
        age="Votre âge",
        old_enough="J’ai au moins {age} ans",
        younger="J’ai moins de {age} ans, et un parent ou tuteur est d’accord",
        age_missing="Indiquez votre âge ; la campagne le demande à tout le monde",
        partners="Demandé à part : d’autres qui recevraient votre nom et votre adresse",
        partners_more="Vous pouvez dire non, ou ne rien dire, et signer quand même.",
        given_to_nobody_else="Votre nom et votre adresse sont conservés scellés et ne sont donnés à personne, sauf à "
        "ceux à qui vous dites oui ci-dessus. Vous pouvez les voir ou les effacer, et retirer chaque oui, quand vous "
        "voulez.",
        policy="La politique de confidentialité complète",
    ),
    "de": ConsentSentences(
        age="Ihr Alter",
        old_enough="Ich bin mindestens {age} Jahre alt",
        younger="Ich bin jünger als {age}, und ein Elternteil oder Vormund ist einverstanden",
        age_missing="Sagen Sie, wie alt Sie sind; die Kampagne fragt das alle",
        partners="Gesondert gefragt: andere, die Ihren Namen und Ihre Adresse bekämen",
        partners_more="Sie können Nein oder nichts sagen und trotzdem unterschreiben.",
        given_to_nobody_else="Ihr Name und Ihre Adresse werden versiegelt aufbewahrt und niemandem gegeben "
        "außer denen, zu denen Sie oben Ja sagen. Sie können sie jederzeit sehen oder löschen und jedes Ja "
        "zurücknehmen.",
        policy="Die ganze Datenschutzerklärung",
    ),
    "es": ConsentSentences(
        age="Su edad",
        old_enough="Tengo al menos {age} años",
        younger="Tengo menos de {age} años, y mi madre, padre o tutor está de acuerdo",
        age_missing="Diga su edad; la campaña lo pregunta a todos",
        partners="Se pregunta aparte: otros que recibirían su nombre y dirección",
        partners_more="Puede decir que no, o nada, y firmar igualmente.",
        given_to_nobody_else="Su nombre y dirección se guardan sellados y no se dan a nadie, salvo a quienes usted "
        "diga sí arriba. Puede verlos o borrarlos, y retirar cada sí, cuando quiera.",
        policy="La política de privacidad completa",
    ),
    "ar": ConsentSentences(
        age="عمرك",
        old_enough="عمري {age} سنة على الأقل",
        younger="عمري أقل من {age} سنة، ويوافق أحد والديّ أو وليّ أمري",
        age_missing="اذكر عمرك، فالحملة تسأل الجميع عن ذلك",
        partners="سؤال منفصل: آخرون يحصلون على اسمك وعنوانك",
        partners_more="يمكنك أن تقول لا، أو ألا تقول شيئًا، وتوقّع مع ذلك.",
        given_to_nobody_else="يُحفظ اسمك وعنوانك مختومين ولا يُعطيان لأحد سوى من تقول لهم نعم أعلاه. يمكنك أن تراهما أو "
        "تمحوهما، وأن تسحب كل نعم، متى شئت.",
        policy="سياسة الخصوصية كاملة",
    ),
}
