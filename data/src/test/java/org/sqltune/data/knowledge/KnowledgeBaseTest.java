package org.sqltune.data.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionKnowledge;
import org.sqltune.core.example.QuestionKnowledge.SolvedQuestion;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.VerbatimSchema;

class KnowledgeBaseTest {
    private static final VerbatimSchema SHOP = new VerbatimSchema("orders(total)");

    private static final String ROWS = """
            {"question": "How many orders are there?", "sql": "SELECT count(*) FROM orders"}
            {"question": "How many customers have orders?", "sql": "SELECT count(DISTINCT customer) FROM orders"}
            {"question": "Number of orders", "sql": "select  COUNT(*) from orders;"}
            {"question": "What is the largest total?", "sql": "SELECT max(total) FROM orders"}
            """;

    @TempDir
    private Path folder;

    private static QuestionKnowledge told(KnowledgeBase base, String question) {
        return base.of(new SqlQuestion("1", "shop", question, SHOP));
    }

    private KnowledgeBase examples(int most, int tokens) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), ROWS);
        return new KnowledgeBase(new KnowledgeSettings(null, false, file.toString(), null, most, 3, tokens));
    }

    @Test
    void theMostSimilarExampleIsNextToTheQuestion() throws IOException {
        List<SolvedQuestion> told = told(examples(2, 400), "How many customers are there with orders?")
                .examples();

        assertThat(told).hasSize(2);
        assertThat(told.get(1).question()).isEqualTo("How many customers have orders?");
        assertThat(told(examples(2, 400), "Who?").examples()).isEmpty();
        assertThat(told(examples(0, 400), "orders").examples()).isEmpty();
    }

    @Test
    void examplesThatDoNotFitTheTokensAreLeftOut() throws IOException {
        assertThat(told(examples(3, 400), "orders").examples()).hasSize(3);
        assertThat(told(examples(3, 20), "orders").examples()).hasSize(1);
        assertThat(told(examples(3, 2), "orders").examples()).isEmpty();
    }

    @Test
    void aTrainingPairIsNeverToldItsOwnQuestionOrAnswer() throws IOException {
        KnowledgeBase base = examples(4, 400);
        Example pair = new Example("q", "shop", "how many order are THERE", SHOP, "SELECT count(*) FROM orders;");

        List<SolvedQuestion> told =
                base.in(List.of(pair)).get(0).context().knowledge().examples();

        assertThat(told).extracting(SolvedQuestion::question).containsExactly("How many customers have orders?");
        assertThat(told(base, pair.question()).examples())
                .extracting(SolvedQuestion::question)
                .contains("How many orders are there?", "Number of orders");
    }

    @Test
    void paragraphsOfTheDocumentationAreChosenByTheirWords() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.md"), """
                Orders are never deleted;
                they are cancelled.

                The fiscal year begins in July.

                \tTotals are net.
                """);
        KnowledgeBase base = new KnowledgeBase(new KnowledgeSettings(null, false, null, file.toString(), 3, 1, 400));

        assertThat(told(base, "How many orders were deleted in total?").paragraphs())
                .containsExactly("Orders are never deleted; they are cancelled.");
        assertThat(told(base, "What of the fiscal years?").paragraphs())
                .containsExactly("The fiscal year begins in July.");
        assertThat(told(base, "Which customers?").paragraphs()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        String missing = folder.resolve("no.jsonl").toString();

        assertThatThrownBy(() -> new KnowledgeBase(new KnowledgeSettings(null, false, missing, null, 3, 3, 400)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("data.examples: there is no file " + missing + ": name rows of question and sql");
        assertThatThrownBy(() -> new KnowledgeBase(new KnowledgeSettings(missing, false, null, null, 3, 3, 400)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("data.glossary: can't read " + missing);
    }
}
