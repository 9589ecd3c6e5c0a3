package org.sqltune.data.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

class GlossaryTest {
    private static final Schema SHOP = new Schema(
            "shop",
            List.of(new Table(
                    "orders",
                    List.of(
                            new Column("total", "real", false),
                            new Column(
                                    "cust_nm", "text", false, "the client, or customer name (as signed)", List.of())))),
            List.of());

    private static final String TERMS = """
            {"term": "net turnover", "column": "orders.total"}

            {"term": "VIPs", "meaning": "a total above 1000", "column": "Orders.Total", "database": "shop"}
            {"term": "basket", "meaning": "one order"}
            {"term": "shelf", "column": "stock.shelf", "database": "warehouse"}
            """;

    @Test
    void theTermsOfAQuestionAreToldInAnyCaseAndNumber() {
        assertThat(terms("What's the Net Turnover of each vip per basket, not of a turnover net?"))
                .containsExactly(
                        "net turnover = orders.total",
                        "VIPs = Orders.Total (a total above 1000)",
                        "basket = one order");
        assertThat(terms("How many shelves?")).isEmpty();
        assertThat(terms("What is the turnover?")).isEmpty();
    }

    private static List<String> terms(String question) {
        KnowledgeSettings settings = new KnowledgeSettings(TERMS, false, null, null, 3, 3, 400);
        return new KnowledgeBase(settings)
                .of(new SqlQuestion("1", "shop", question, SHOP))
                .terms();
    }

    @Test
    void commentsOfColumnsAreTermsWhereThatIsAskedFor() {
        KnowledgeBase base = new KnowledgeBase(new KnowledgeSettings(null, true, null, null, 3, 3, 400));

        assertThat(base.of(new SqlQuestion("1", "shop", "Which clients, by customer name?", SHOP))
                        .terms())
                .containsExactly("client = orders.cust_nm", "customer name = orders.cust_nm");
        assertThat(base.of(new SqlQuestion("1", "shop", "Names of customers?", SHOP))
                        .terms())
                .isEmpty();
    }

    @Test
    void aColumnThatDoesNotExistIsNamedWithItsLine() {
        Glossary glossary =
                Glossary.parse(TERMS + "{\"term\": \"price\", \"column\": \"orders.prise\"}", "terms.jsonl");

        assertThatThrownBy(() -> glossary.check(List.of(SHOP)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("terms.jsonl, line 6: price names the column orders.prise, which shop doesn't have:"
                        + " correct it to table.column, or leave it out");
        assertThatCode(() -> Glossary.parse(TERMS, "terms.jsonl").check(List.of(SHOP)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revenue: orders.total | isn't JSON",
                "[1] | isn't an object",
                "{\"term\": \"x\", \"mening\": \"y\"} | has unknown keys, mening",
                "{\"term\": \"x\"} | lacks a term, or both its meaning and its column",
                "{\"term\": \"?\", \"meaning\": \"y\"} | lacks a term, or both its meaning and its column",
                "{\"term\": 3, \"meaning\": \"y\"} | has 3 as term instead of a text"
            })
    void aLineThatIsNoTermIsNamed(String line, String fault) {
        assertThatThrownBy(() -> Glossary.parse("\n" + line, "terms.jsonl"))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith("terms.jsonl, line 2 " + fault + ": write {\"term\"");
    }
}
