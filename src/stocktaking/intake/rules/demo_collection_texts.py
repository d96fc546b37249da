"""Titles, introductions and criteria of the demo's collections, in the six languages.

What happened and when: the letter calling for entries of September 2022, and public notes on
the repository of 2020. The words are this project's own.
"""

Texts = dict[str, str]

COVID_TITLE: Texts = {
    "ar": "حالات كوفيد-19",
    "zh": "新冠肺炎应对案例",
    "en": "COVID-19 cases",
    "fr": "Cas COVID-19",
    "ru": "Примеры борьбы с COVID-19",
    "es": "Casos de COVID-19",
}
COVID_INTRODUCTION: Texts = {
    "ar": (
        "في أبريل 2020 فُتح مستودع خاص لما صنعه الناس بالتقنية في مواجهة الجائحة، وفي مايو 2021 كان"
        " فيه أكثر من 480 حالة. تجمع هذه المجموعة التجريبية مدخلات يرد فيها ذكر الجائحة."
    ),
    "zh": (
        "2020年4月开设了一个专门的案例库，收集人们用技术应对疫情的做法；到2021年5月已有480多个案例。"
        "本演示专题收录文字中提到疫情的条目。"
    ),
    "en": (
        "In April 2020 a repository of its own was opened for what people did with technology"
        " against the pandemic; by May 2021 it held more than 480 cases. This collection of the"
        " demonstration gathers entries that speak of it."
    ),
    "fr": (
        "En avril 2020, un répertoire à part a été ouvert pour ce que l'on a fait avec la"
        " technologie face à la pandémie ; en mai 2021, il comptait plus de 480 cas. Cette"
        " collection de démonstration réunit des entrées qui en parlent."
    ),
    "ru": (
        "В апреле 2020 года был открыт отдельный свод того, что люди делали с помощью технологий"
        " во время пандемии; к маю 2021 года в нём было более 480 примеров. Эта демонстрационная"
        " подборка собирает записи, в которых о ней говорится."
    ),
    "es": (
        "En abril de 2020 se abrió un repositorio propio para lo que se hizo con la tecnología"
        " frente a la pandemia; en mayo de 2021 tenía más de 480 casos. Esta colección de"
        " demostración reúne entradas que hablan de ella."
    ),
}
COVID_CRITERIA: Texts = {
    "ar": "يذكر نص المدخل كوفيد-19 أو فيروس كورونا أو الجائحة.",
    "zh": "条目的文字提到新冠肺炎、冠状病毒或疫情。",
    "en": "The text of the entry names COVID-19, the coronavirus or the pandemic.",
    "fr": "Le texte de l'entrée nomme la COVID-19, le coronavirus ou la pandémie.",
    "ru": "В тексте записи названы COVID-19, коронавирус или пандемия.",
    "es": "El texto de la entrada nombra la COVID-19, el coronavirus o la pandemia.",
}
AGEING_TITLE: Texts = {
    "ar": "الشيخوخة الصحية",
    "zh": "健康老龄化",
    "en": "Healthy ageing",
    "fr": "Bien vieillir",
    "ru": "Здоровое старение",
    "es": "Envejecimiento saludable",
}
AGEING_INTRODUCTION: Texts = {
    "ar": (
        "أُنشئ هذا المستودع في عام 2021، في العقد الذي خصصته الأمم المتحدة للشيخوخة الصحية. وهو يضم"
        " ما يعين كبار السن على استعمال التقنية وعلى العيش بصحة واستقلال."
    ),
    "zh": (
        "该专题库设于2021年，正值联合国“健康老龄化十年”。它收录帮助老年人使用技术、"
        "健康而独立地生活的做法。"
    ),
    "en": (
        "This repository dates from 2021, in the decade that the United Nations gave to healthy"
        " ageing. It holds what helps older people to use technology, and to live in health and"
        " on their own terms."
    ),
    "fr": (
        "Ce répertoire date de 2021, dans la décennie que les Nations Unies ont consacrée au"
        " vieillissement en bonne santé. Il réunit ce qui aide les personnes âgées à se servir"
        " de la technologie et à vivre en bonne santé, comme elles l'entendent."
    ),
    "ru": (
        "Этот свод появился в 2021 году, в десятилетие, которое ООН посвятила здоровому"
        " старению. В нём собрано то, что помогает пожилым людям пользоваться технологиями и"
        " жить здоровой и самостоятельной жизнью."
    ),
    "es": (
        "Este repositorio es de 2021, en el decenio que las Naciones Unidas dedicaron al"
        " envejecimiento saludable. Reúne lo que ayuda a las personas mayores a usar la"
        " tecnología y a vivir con salud y autonomía."
    ),
}
AGEING_CRITERIA: Texts = {
    "ar": "كبار السن من الفئات التي يذكرها المدخل.",
    "zh": "条目所列的目标群体中有老年人。",
    "en": "Older persons are among the target groups of the entry.",
    "fr": "Les personnes âgées font partie des publics visés par l'entrée.",
    "ru": "Пожилые люди названы среди целевых групп записи.",
    "es": "Las personas mayores están entre los grupos destinatarios de la entrada.",
}
WOMEN_TITLE: Texts = {
    "ar": "المرأة في مجال التقنية",
    "zh": "科技领域的女性",
    "en": "Women in technology",
    "fr": "Femmes et technologie",
    "ru": "Женщины в технологиях",
    "es": "Mujeres en la tecnología",
}
WOMEN_INTRODUCTION: Texts = {
    "ar": (
        "أضيف هذا المستودع في عام 2022. وهو يضم ما تصنعه النساء والفتيات بالتقنية، وما يفتح لهن"
        " أبواب العمل فيها ويجعلها آمنة لهن."
    ),
    "zh": (
        "该专题库于2022年增设。它收录妇女和女童用技术所做的事，以及帮助她们进入这一行业、"
        "让技术对她们更安全的做法。"
    ),
    "en": (
        "Added in 2022. It holds what women and girls make with technology, what opens the"
        " trade to them, and what makes technology safe for them."
    ),
    "fr": (
        "Ajouté en 2022. Il réunit ce que les femmes et les filles font avec la technologie, ce"
        " qui leur en ouvre les métiers et ce qui la rend sûre pour elles."
    ),
    "ru": (
        "Добавлен в 2022 году. Здесь собрано то, что женщины и девочки делают с помощью"
        " технологий, что открывает им эту профессию и делает технологии безопасными для них."
    ),
    "es": (
        "Añadido en 2022. Reúne lo que las mujeres y las niñas hacen con la tecnología, lo que"
        " les abre el oficio y lo que la hace segura para ellas."
    ),
}
WOMEN_CRITERIA: Texts = {
    "ar": "النساء من الفئات التي يذكرها المدخل، ويذكر الهدف 5 (المساواة بين الجنسين).",
    "zh": "条目所列的目标群体中有妇女，并列有目标5（性别平等）。",
    "en": "Women are among the target groups of the entry, and it names goal 5, gender equality.",
    "fr": (
        "Les femmes font partie des publics visés par l'entrée, et elle nomme l'objectif 5,"
        " l'égalité entre les sexes."
    ),
    "ru": "Женщины названы среди целевых групп записи, и указана цель 5, гендерное равенство.",
    "es": (
        "Las mujeres están entre los grupos destinatarios de la entrada, y esta nombra el"
        " objetivo 5, la igualdad de género."
    ),
}
LANGUAGES_TITLE: Texts = {
    "ar": "لغات الشعوب الأصلية",
    "zh": "土著语言",
    "en": "Indigenous languages",
    "fr": "Langues autochtones",
    "ru": "Языки коренных народов",
    "es": "Lenguas indígenas",
}
LANGUAGES_INTRODUCTION: Texts = {
    "ar": (
        "اقتُرح هذا المستودع في عام 2022، أول أعوام العقد الدولي للغات الشعوب الأصلية. وهو يضم خطوطاً"
        " ولوحات مفاتيح وأرشيفات وأصواتاً وشبكات تحفظ لغات قليلة الحضور في الشبكة حيّةً."
    ),
    "zh": (
        "该专题库于2022年提出，正是“土著语言国际十年”的第一年。它收录让网上少见的语言保持生命力的文字、"
        "键盘、档案、录音和网络。"
    ),
    "en": (
        "Proposed in 2022, the first year of the international decade of indigenous languages."
        " It holds scripts, keyboards, archives, voices and networks that keep alive languages"
        " which are rarely met online."
    ),
    "fr": (
        "Proposé en 2022, première année de la décennie internationale des langues autochtones."
        " Il réunit des écritures, des claviers, des archives, des voix et des réseaux qui font"
        " vivre des langues que l'on rencontre peu en ligne."
    ),
    "ru": (
        "Предложен в 2022 году, в первый год международного десятилетия языков коренных народов."
        " Здесь собраны письменности, клавиатуры, архивы, голоса и сети, которые поддерживают"
        " жизнь языков, редко встречающихся в интернете."
    ),
    "es": (
        "Propuesto en 2022, primer año del decenio internacional de las lenguas indígenas. Reúne"
        " escrituras, teclados, archivos, voces y redes que mantienen vivas lenguas que apenas"
        " se encuentran en línea."
    ),
}
LANGUAGES_CRITERIA: Texts = {
    "ar": (
        "الشعوب الأصلية أو الرحّل من الفئات التي يذكرها المدخل، ويذكر خط العمل C8 (التنوع اللغوي)."
    ),
    "zh": "条目所列的目标群体中有土著或游牧民族，并列有行动方面C8（语言多样性）。",
    "en": (
        "Indigenous or nomadic peoples are among the target groups of the entry, and it names"
        " action line C8, which has linguistic diversity in it."
    ),
    "fr": (
        "Les peuples autochtones ou nomades font partie des publics visés par l'entrée, et elle"
        " nomme la grande orientation C8, qui comprend la diversité linguistique."
    ),
    "ru": (
        "Коренные или кочевые народы названы среди целевых групп записи, и указано направление"
        " действий C8, включающее языковое разнообразие."
    ),
    "es": (
        "Los pueblos indígenas o nómadas están entre los grupos destinatarios de la entrada, y"
        " esta nombra la línea de acción C8, que incluye la diversidad lingüística."
    ),
}
