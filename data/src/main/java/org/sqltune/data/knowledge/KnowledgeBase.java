package org.sqltune.data.knowledge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionKnowledge;
import org.sqltune.core.example.QuestionKnowledge.SolvedQuestion;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.data.link.Words;
import org.sqltune.data.prompt.TokenEstimate;

/**
 * Chooses what of the user's knowledge a prompt tells with a question: the terms that the question has, the paragraphs of
 * the documentation and the solved questions that are most similar, in this order, as long as there are tokens left.
 * Immutable and thread-safe.
 */
public final class KnowledgeBase {
    private static final Pattern PARAGRAPHS = Pattern.compile("\\R\\s*\\R");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final KnowledgeSettings settings;
    private final Glossary glossary;
    private final SolvedQuestions examples;
    private final List<String> paragraphs;
    private final Bm25 documentation;

    /**
     * Reads the user's files.
     *
     * @throws org.sqltune.core.SqlTuneException if one can't be read or has faults
     */
    public KnowledgeBase(KnowledgeSettings named) {
        settings = KnowledgeText.read(named);
        String file = named.glossary();
        glossary = Glossary.parse(
                text(settings.glossary()),
                file == null || KnowledgeSettings.isText(file) ? "the model's glossary" : file);
        examples = new SolvedQuestions(text(settings.examples()));
        paragraphs = PARAGRAPHS
                .splitAsStream(text(settings.documentation()))
                .map(each -> SPACES.matcher(each.strip()).replaceAll(" "))
                .filter(each -> !each.isEmpty())
                .toList();
        documentation = new Bm25(paragraphs);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Returns the glossary. */
    public Glossary glossary() {
        return glossary;
    }

    /** Returns what is told with a question. */
    public QuestionKnowledge of(SqlQuestion question) {
        return of(question.question(), question.schema(), pair -> false);
    }

    /**
     * Returns the examples with what is told with their questions. No example is told with its own question or its own SQL,
     * so that training doesn't learn to copy, and scores stay honest.
     */
    public List<Example> in(List<Example> examplesToTell) {
        return examplesToTell.stream()
                .map(each -> each.withContext(each.context()
                        .withKnowledge(of(each.question(), each.schema(), SolvedQuestions.telling(each)))))
                .toList();
    }

    private QuestionKnowledge of(String question, SchemaContent schema, Predicate<SolvedQuestion> hidden) {
        int[] left = {settings.retrievedMaxTokens()};
        List<String> terms = within(left, terms(question, schema).stream(), Integer.MAX_VALUE, TokenEstimate::of);
        List<String> told = within(
                left,
                documentation.ranked(question).stream().map(paragraphs::get),
                settings.retrievedParagraphs(),
                TokenEstimate::of);
        List<SolvedQuestion> solved = new ArrayList<>(within(
                left,
                examples.like(question).filter(hidden.negate()),
                settings.retrievedExamples(),
                pair -> TokenEstimate.of(pair.question()) + TokenEstimate.of(pair.sql())));
        Collections.reverse(solved);
        return new QuestionKnowledge(terms, solved, told);
    }

    private Set<String> terms(String question, SchemaContent content) {
        if (!(content instanceof Schema schema)) {
            return Set.of();
        }
        List<Words.Word> words = Words.of(question);
        Set<String> terms = new LinkedHashSet<>(glossary.in(words, schema));
        if (settings.glossaryComments()) {
            terms.addAll(CommentTerms.in(words, schema));
        }
        return terms;
    }

    private interface Tokens<T> {
        int of(T item);
    }

    /** Returns the first ones that fit; one that is too long doesn't keep out a shorter one behind it. */
    private static <T> List<T> within(int[] left, Stream<T> ranked, int most, Tokens<T> tokens) {
        List<T> chosen = new ArrayList<>();
        for (T each : (Iterable<T>) ranked::iterator) {
            if (chosen.size() >= most || left[0] <= 0) {
                break;
            }
            int needed = tokens.of(each);
            if (needed <= left[0]) {
                chosen.add(each);
                left[0] -= needed;
            }
        }
        return chosen;
    }
}
