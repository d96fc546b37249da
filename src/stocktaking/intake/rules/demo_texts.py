"""What every page of a demo entry says about it, in the six languages of the interface."""

TITLE = {
    "ar": "محتوى تجريبي",
    "zh": "演示内容",
    "en": "Demo content",
    "fr": "Contenu de démonstration",
    "ru": "Демонстрационные данные",
    "es": "Contenido de demostración",
}
NOTICE = {
    "ar": (
        "مدخل تجريبي: كُتب نصه لهذا البرنامج استناداً إلى مصادر عامة."
        " لم تقدّمه المنظمة المذكورة فيه ولم تؤكده."
    ),
    "zh": "演示条目：本文根据公开资料为本软件撰写，并非由文中所列组织提交，也未经其确认。",
    "en": (
        "Demo entry: the text was written for this software from public sources."
        " It was not submitted by the organisation named and has not been confirmed by it."
    ),
    "fr": (
        "Entrée de démonstration : le texte a été rédigé pour ce logiciel à partir de sources"
        " publiques. Il n'a été ni soumis ni confirmé par l'organisation citée."
    ),
    "ru": (
        "Демонстрационная запись: текст написан для этой программы по открытым источникам."
        " Названная организация не представляла и не подтверждала его."
    ),
    "es": (
        "Entrada de demostración: el texto se redactó para este programa a partir de fuentes"
        " públicas. La organización mencionada no lo ha presentado ni confirmado."
    ),
}
ATTRIBUTION = "Written for this project"
OWNER_NOT_STATED = {
    "ar": "لم يُذكر المالك في المصدر",
    "zh": "来源未说明所有者",
    "en": "Owner not stated in the source",
    "fr": "Porteur non précisé dans la source",
    "ru": "Владелец в источнике не указан",
    "es": "Titular no indicado en la fuente",
}
