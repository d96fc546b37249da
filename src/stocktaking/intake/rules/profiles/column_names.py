"""What heads of columns mean, in the six languages of the interface and the codes of machines."""

import re

from stocktaking.kernel.text.normalise import fold

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff]")

# Of each part: phrases, the surest ones first. A head that is the phrase means it surely, a head
# that holds it probably.
_PARTS: dict[str, str] = {
    "title": "title, project title, project name, name of project, name, activity title, titre,"
    " titre du projet, nom du projet, intitulé, intitulé du projet, título, título del proyecto,"
    " nombre del proyecto, nombre, proyecto, название, название проекта, наименование,"
    " наименование проекта, проект, 标题, 项目名称, 项目, 名称, عنوان, عنوان المشروع,"
    " اسم المشروع, project, projet",
    "summary": "summary, abstract, short description, in brief, résumé, description courte,"
    " resumen, descripción breve, аннотация, краткое описание, резюме, 摘要, 概要, 简介, ملخص,"
    " نبذة",
    "section:description": "description, project description, long description, details,"
    " description du projet, descripción, descripción del proyecto, описание, описание проекта,"
    " 描述, 说明, 项目描述, 项目说明, وصف, وصف المشروع",
    "section:goals": "goals, objectives, objective, aims, objectifs, objectif, buts, objetivos,"
    " objetivo, цели, цель, задачи, 目标, 目的, أهداف, الأهداف, هدف",
    "section:results": "results, outcomes, achievements, résultats, resultados, logros,"
    " результаты, достижения, 成果, 结果, نتائج, إنجازات",
    "section:challenges": "challenges, difficulties, défis, difficultés, desafíos, retos,"
    " dificultades, трудности, проблемы, вызовы, 挑战, 困难, تحديات, صعوبات",
    "start": "start, start date, starting date, start year, date of start, begin, beginning,"
    " date de début, début, année de début, fecha de inicio, inicio, año de inicio, comienzo,"
    " дата начала, начало, год начала, 开始日期, 开始时间, 开始年份, 起始日期, 开始, تاريخ البدء,"
    " تاريخ البداية, سنة البدء, البداية",
    "end": "end, end date, ending date, end year, completion date, closing date, finish,"
    " date de fin, fin, année de fin, date de clôture, fecha de fin, fecha de finalización,"
    " finalización, año de fin, término, дата окончания, окончание, год окончания, завершение,"
    " 结束日期, 结束时间, 结束年份, 截止日期, 结束, تاريخ الانتهاء, تاريخ النهاية, سنة الانتهاء,"
    " النهاية",
    "website": "website, web site, web page, homepage, url, web, web address, project website,"
    " site web, site internet, page web, adresse web, sitio web, página web, página, enlace,"
    " сайт, веб сайт, адрес сайта, ссылка, 网站, 网址, 主页, 链接, الموقع, الموقع الإلكتروني,"
    " رابط",
    "licence": "licence, license, licencia, лицензия, 许可, 许可证, رخصة, الرخصة",
    "language": "language, lang, language code, lang declared, langue, idioma, lengua, язык,"
    " 语言, 语种, لغة, اللغة",
    "id": "id, identifier, project id, number, no, ref, reference, code, project code,"
    " project number, record id, iati identifier, identifiant, numéro, n, référence, réf,"
    " code du projet, identificador, número, referencia, código, идентификатор, номер, шифр, код,"
    " 编号, 序号, 标识, 项目编号, رقم, معرف, رمز, رقم المشروع",
    "country": "country, countries, country code, country codes, country name, country names,"
    " location country, recipient country, beneficiary country, pays, pays bénéficiaire, país,"
    " países, страна, страны, 国家, 国别, 所在国, بلد, البلد, دولة, الدولة, البلدان",
    "sdg": "sdg, sdgs, sdg goals, sustainable development goals, sustainable development goal,"
    " odd, objectifs de développement durable, ods, objetivos de desarrollo sostenible, цур,"
    " цели устойчивого развития, 可持续发展目标, أهداف التنمية المستدامة",
    "action-line": "action line, action lines, wsis action line, wsis action lines, wsis line,"
    " grande orientation, grandes orientations, ligne d action, línea de acción,"
    " líneas de acción, направление деятельности, направления деятельности, 行动方面, 行动方针,"
    " 行动路线, خط العمل, خطوط العمل",
    "status": "status, project status, activity status, statut, état, estado, статус, состояние,"
    " 状态, 项目状态, حالة, الحالة, حالة المشروع",
    "coverage": "coverage, geographic coverage, scope, couverture, cobertura, alcance, охват,"
    " 覆盖范围, 范围, تغطية, النطاق",
    "target-group": "target group, target groups, beneficiaries, groupe cible, groupes cibles,"
    " bénéficiaires, grupo destinatario, grupos destinatarios, beneficiarios, целевая группа,"
    " целевые группы, 目标群体, 受益群体, الفئة المستهدفة, الفئات المستهدفة",
    "technology": "technology, technologies, technologie, tecnología, tecnologías, технология,"
    " технологии, 技术, تكنولوجيا, تقنية",
    "activity": "type of activity, activity type, type of project, project type,"
    " type d activité, type de projet, tipo de actividad, tipo de proyecto, вид деятельности,"
    " тип проекта, 活动类型, 项目类型, نوع النشاط, نوع المشروع",
    "owner": "organisation, organization, organisation name, organization name, owner, lead,"
    " lead organisation, lead organization, submitted by, entity, institution, agency,"
    " reporting organisation, reporting org, nom de l organisation, porteur, entité, organismo,"
    " organización, entidad, institución, организация, учреждение, название организации, 组织,"
    " 机构, 单位, 主办单位, 组织名称, منظمة, المنظمة, المؤسسة, الجهة",
    "bodies": "organisations, organizations, organismes, organizaciones, организации,"
    " participating organisations, actors, المنظمات",
    "partner": "partner, partners, partner organisations, participating org, partenaire,"
    " partenaires, socio, socios, партнер, партнеры, 合作伙伴, 合作方, 合作单位, شريك, الشركاء,"
    " شركاء",
    "funder": "funder, funders, donor, donors, funding, funded by, financing, financial partner,"
    " bailleur, bailleurs, bailleur de fonds, donateur, financement, donante, donantes,"
    " financiador, донор, доноры, источник финансирования, 资助方, 出资方, 捐助方, الممول,"
    " الجهة المانحة, المانحون",
    "implementer": "implementer, implementers, implementing organisation, implementing partner,"
    " implementing agency, exécutant, agence d exécution, ejecutor, organismo ejecutor,"
    " исполнитель, исполнители, 执行方, 实施单位, 执行单位, الجهة المنفذة, المنفذ",
    "organisation_country": "organisation country, organization country,"
    " country of organisation, pays de l organisation, país de la organización,"
    " страна организации, 组织所在国, بلد المنظمة",
    "organisation_type": "organisation type, organization type, type of organisation,"
    " stakeholder, stakeholder type, type d organisation, tipo de organización, тип организации,"
    " 组织类型, نوع المنظمة",
}
# Not for a register: facts about people.
_PERSONAL = (
    "contact, contact person, contact name, e mail, email, email address, mail, telephone,"
    " phone, phone number, mobile, fax, first name, last name, surname, personne de contact,"
    " courriel, téléphone, prénom, persona de contacto, correo, correo electrónico, teléfono,"
    " apellido, контакт, контактное лицо, почта, электронная почта, телефон, фамилия, 联系人,"
    " 电话, 邮箱, 电子邮件, 手机, جهة الاتصال, الهاتف, البريد الإلكتروني, رقم الهاتف"
)
_LANGUAGES: dict[str, str] = {
    "ar": "ar, ara, arabic, arabe, árabe, арабский, 阿拉伯文, 阿拉伯语, العربية, عربي",
    "zh": "zh, chi, zho, chinese, chinois, chino, китайский, 中文, 汉语, الصينية",
    "en": "en, eng, english, anglais, inglés, английский, 英文, 英语, الإنجليزية, انجليزي",
    "fr": "fr, fra, fre, french, français, francés, французский, 法文, 法语, الفرنسية",
    "ru": "ru, rus, russian, russe, ruso, русский, 俄文, 俄语, الروسية",
    "es": "es, spa, spanish, espagnol, español, испанский, 西班牙文, 西班牙语, الإسبانية",
}


def folded(head: str) -> str:
    """The words of a head in folded form: ``startDate``, ``Start_date`` and ``start date``."""
    words = _WORD.findall(_CAMEL.sub(" ", head.replace("œ", "oe")))
    return " ".join(word for part in words if (word := fold(part)))


def _phrases(listed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded(phrase) for phrase in listed.split(",")))


PARTS = {part: _phrases(listed) for part, listed in _PARTS.items()}
PERSONAL = _phrases(_PERSONAL)
LANGUAGES = {code: frozenset(_phrases(listed)) for code, listed in _LANGUAGES.items()}


def without_language(head: str) -> tuple[str, str]:
    """A head without the language that it ends or begins with, and that language or ""."""
    words = folded(head).split()
    for place in (-1, 0):
        if len(words) > 1:
            for code, names in LANGUAGES.items():
                if words[place] in names:
                    rest = words[:-1] if place else words[1:]
                    return " ".join(rest), code
    return " ".join(words), ""


def likeness(words: str, phrases: tuple[str, ...]) -> float:
    """How surely a folded head means one of the phrases: 1 for the phrase itself, 0 for no."""
    if words in phrases:
        return 1.0 - phrases.index(words) / 1000
    best = 0.0
    for phrase in phrases:
        if len(phrase) > 2 and _holds(words, phrase):
            best = max(best, len(phrase) / len(words) * 0.9)
    return best


def _holds(words: str, phrase: str) -> bool:
    if _SPACELESS.search(phrase):
        return phrase in words
    return f" {phrase} " in f" {words} "
