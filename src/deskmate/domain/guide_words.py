"""The words around those of a guide, in its own language: a German guide has no English headings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuideWords:
    """What stands around the text of a guide that goes out. ``{}`` is filled in."""

    needs: str = "What you need"
    steps: str = "Steps"
    step: str = "Step {}"
    where: str = "Where"
    expect: str = "You should see"
    if_not: str = "If not"
    detail: str = "In more detail"
    caution: str = "Careful"
    stop: str = "Stop and make sure first"
    done: str = "Done"
    picture: str = "Picture of step {}"
    minutes: str = "about {} min"
    checked: str = "checked {}"
    contact: str = "Any questions? Ask us"
    go_to: str = "go to step {}"
    follow: str = "follow “{}”"
    ask: str = "ask {}"
    ask_us: str = "ask us"
    stop_with: str = "stop: {}"
    stop_and_ask: str = "stop and ask us"
    told: str = "we tell you"
    guides: str = "Guides"
    search: str = "What is wrong?"
    none_found: str = "No guide has these words."
    all_guides: str = "All guides"
    found: str = "{} found"
    nothing_yet: str = "There is no guide yet."
    hello: str = "Hello {},"
    here_is: str = "here is how: {}."
    tick: str = "Take one step after the other, and tick each when it is done."
    instead: str = "If something looks different, stop there and answer this message."
    pictures_in: str = "With pictures, to tick off: {}"


_WORDS = {
    "en": GuideWords(),
    "de": GuideWords(
        needs="Das brauchen Sie",
        steps="Schritte",
        step="Schritt {}",
        where="Wo",
        expect="Das sollten Sie sehen",
        if_not="Wenn nicht",
        detail="Genauer",
        caution="Vorsicht",
        stop="Halt, erst sichergehen",
        done="Erledigt",
        picture="Bild zu Schritt {}",
        minutes="etwa {} Min.",
        checked="geprüft {}",
        contact="Fragen? Fragen Sie uns",
        go_to="weiter mit Schritt {}",
        follow="weiter mit „{}“",
        ask="fragen Sie {}",
        ask_us="fragen Sie uns",
        stop_with="nicht weitermachen: {}",
        stop_and_ask="nicht weitermachen, fragen Sie uns",
        told="das sagen wir Ihnen",
        guides="Anleitungen",
        search="Was geht nicht?",
        none_found="Keine Anleitung hat diese Wörter.",
        all_guides="Alle Anleitungen",
        found="{} gefunden",
        nothing_yet="Noch gibt es keine Anleitung.",
        hello="Guten Tag {},",
        here_is="so geht es: {}.",
        tick="Bitte einen Schritt nach dem anderen, und haken Sie jeden ab, der erledigt ist.",
        instead="Sieht etwas anders aus, hören Sie dort auf und antworten Sie auf diese Nachricht.",
        pictures_in="Mit Bildern, zum Abhaken: {}",
    ),
    "fr": GuideWords(
        needs="Ce qu’il vous faut",
        steps="Étapes",
        step="Étape {}",
        where="Où",
        expect="Vous devriez voir",
        if_not="Sinon",
        detail="Plus en détail",
        caution="Attention",
        stop="Arrêtez et vérifiez d’abord",
        done="Fait",
        picture="Image de l’étape {}",
        minutes="environ {} min",
        checked="vérifié le {}",
        contact="Des questions ? Demandez-nous",
        go_to="passez à l’étape {}",
        follow="suivez « {} »",
        ask="demandez à {}",
        ask_us="demandez-nous",
        stop_with="arrêtez : {}",
        stop_and_ask="arrêtez et demandez-nous",
        told="nous vous le dirons",
        guides="Guides",
        search="Qu’est-ce qui ne va pas ?",
        none_found="Aucun guide ne contient ces mots.",
        all_guides="Tous les guides",
        found="{} trouvés",
        nothing_yet="Il n’y a pas encore de guide.",
        hello="Bonjour {},",
        here_is="voici comment faire : {}.",
        tick="Suivez une étape après l’autre et cochez chacune quand elle est faite.",
        instead="Si quelque chose est différent, arrêtez-vous là et répondez à ce message.",
        pictures_in="Avec images, à cocher : {}",
    ),
    "es": GuideWords(
        needs="Lo que necesita",
        steps="Pasos",
        step="Paso {}",
        where="Dónde",
        expect="Debería ver",
        if_not="Si no",
        detail="Con más detalle",
        caution="Cuidado",
        stop="Pare y asegúrese primero",
        done="Hecho",
        picture="Imagen del paso {}",
        minutes="unos {} min",
        checked="revisado el {}",
        contact="¿Preguntas? Pregúntenos",
        go_to="vaya al paso {}",
        follow="siga «{}»",
        ask="pregunte a {}",
        ask_us="pregúntenos",
        stop_with="pare: {}",
        stop_and_ask="pare y pregúntenos",
        told="se lo decimos",
        guides="Guías",
        search="¿Qué no funciona?",
        none_found="Ninguna guía tiene estas palabras.",
        all_guides="Todas las guías",
        found="{} encontradas",
        nothing_yet="Todavía no hay ninguna guía.",
        hello="Hola {}:",
        here_is="así se hace: {}.",
        tick="Siga un paso tras otro y marque cada uno cuando esté hecho.",
        instead="Si algo se ve distinto, deténgase ahí y responda a este mensaje.",
        pictures_in="Con imágenes, para marcar: {}",
    ),
}


def words_in(language: str) -> GuideWords:
    """The words for a language tag such as ``de`` or ``de-CH``; English where there are none."""
    return _WORDS.get(language.replace("_", "-").partition("-")[0].casefold(), _WORDS["en"])
