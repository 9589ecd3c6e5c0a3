package org.sqltune.synthesis.phrasing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.TableProfile;

/** Phrases a drafted query as a question. */
public final class QuestionWriter {
    /** The phrase books of whole questions; the last one is about set operations. */
    static final String[] FILES = {
        "simple.txt",
        "filter.txt",
        "several.txt",
        "aggregation.txt",
        "join.txt",
        "joined.txt",
        "nested.txt",
        "spoken.txt",
        "sets.txt"
    };

    private static final Set<String> IMPERATIVES =
            Set.of("Show", "List", "Give", "Find", "Tell", "Count", "Return", "Get", "Display", "Calculate", "Name");

    private static final double SPECIAL = 0.4;

    private static final List<String> POLITE = List.of("Please ", "Can you ", "Could you ", "I want you to ");

    private final PhraseBook questions = PhraseBook.read(FILES);
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
        List<String> special = suitable(draft, special(draft));
        List<String> patterns = !special.isEmpty() && choice.chance(SPECIAL)
                ? special
                : suitable(draft, questions.phrases(draft.phrases()));
        if (patterns.isEmpty()) {
            throw new IllegalStateException("No phrase book has a section [" + draft.phrases() + "]");
        }
        Sentence sentence = new Sentence(choice);
        String question = Sentence.fill(choice.one(patterns), token -> terms.say(token, draft.terms(), sentence));
        return manners(Character.toUpperCase(question.charAt(0)) + question.substring(1), choice);
    }

    /** Returns the lines for the column in question: "how old is {value}?" asks for an age. */
    private List<String> special(Draft draft) {
        Term measure = draft.terms().get("measure");
        if (measure instanceof Term.Measure aggregate) {
            String function = "-" + aggregate.function().name().toLowerCase(Locale.ROOT);
            return special(draft.phrases() + function, new Term.Attribute(aggregate.table(), aggregate.column()));
        }
        Term asked = measure == null ? draft.terms().get("column") : measure;
        return asked instanceof Term.Attribute column ? special(draft.phrases(), column) : List.of();
    }

    private List<String> special(String name, Term.Attribute asked) {
        return questions.special(name).stream()
                .filter(section -> section.suits(Names.keywords(asked.table(), asked.column()))
                        && Names.tells(asked.table(), asked.column(), section))
                .flatMap(section -> section.phrases().stream())
                .toList();
    }

    private static List<String> suitable(Draft draft, List<String> phrases) {
        return subject(draft).map(table -> PhraseBook.about(table, phrases)).orElse(phrases);
    }

    private static Optional<TableProfile> subject(Draft draft) {
        Map<String, Term> terms = draft.terms();
        Term term = terms.getOrDefault("parent", terms.getOrDefault("table", terms.get("rows")));
        if (term instanceof Term.Rows rows) {
            return Optional.of(rows.table());
        }
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
