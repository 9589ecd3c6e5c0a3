package org.sqltune.synthesis.phrasing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.TableProfile;

/** Phrases a drafted query as a question. */
public final class QuestionWriter {
    private static final Set<String> IMPERATIVES =
            Set.of("Show", "List", "Give", "Find", "Tell", "Count", "Return", "Get", "Display", "Calculate", "Name");

    private static final List<String> POLITE = List.of("Please ", "Can you ", "Could you ", "I want you to ");

    private final PhraseBook questions =
            PhraseBook.read("simple.txt", "filter.txt", "aggregation.txt", "join.txt", "nested.txt", "sets.txt");
    private final TermSpeaker terms = new TermSpeaker(PhraseBook.read("conditions.txt"), PhraseBook.read("words.txt"));

    /**
     * Writes a question for the draft.
     *
     * @param draft the query and its meaning
     * @param choice picks the wording
     * @throws IllegalStateException if no phrase book has the draft's section, or a phrase names a term that the
     *     draft lacks
     */
    public String write(Draft draft, Choice choice) {
        List<String> all = questions.phrases(draft.phrases());
        List<String> patterns =
                subject(draft).map(table -> PhraseBook.about(table, all)).orElse(all);
        if (patterns.isEmpty()) {
            throw new IllegalStateException("No phrase book has a section [" + draft.phrases() + "]");
        }
        Sentence sentence = new Sentence(choice);
        String question = Sentence.fill(choice.one(patterns), token -> terms.say(token, draft.terms(), sentence));
        return manners(Character.toUpperCase(question.charAt(0)) + question.substring(1), choice);
    }

    private static Optional<TableProfile> subject(Draft draft) {
        Term term = draft.terms().getOrDefault("parent", draft.terms().get("table"));
        return term instanceof Term.Entity entity ? Optional.of(entity.table()) : Optional.empty();
    }

    /** Occasionally adds a polite opening or drops the full stop, as people do. */
    private static String manners(String question, Choice choice) {
        String said = question;
        String first = question.substring(0, Math.max(0, question.indexOf(' ')));
        if (IMPERATIVES.contains(first) && choice.chance(0.06)) {
            String opening = choice.one(POLITE);
            String rest = Character.toLowerCase(said.charAt(0)) + said.substring(1);
            boolean asks = opening.startsWith("C");
            said = opening + (asks ? withoutEnd(rest) + "?" : rest);
        }
        return choice.chance(0.05) ? withoutEnd(said) : said;
    }

    private static String withoutEnd(String question) {
        return question.endsWith(".") || question.endsWith("?")
                ? question.substring(0, question.length() - 1)
                : question;
    }
}
