package org.sqltune.data.wikisql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.Example;
import org.sqltune.data.split.Splits;
import org.sqltune.data.wikisql.WikiSqlQuery.Condition;

class WikiSqlTextTest {
    private static final SortedMap<Integer, String> NAMES =
            new TreeMap<>(Map.of(0, "NAME", 1, "NAME AND YEAR", 2, "NO.", 4, "STATE/TERRITORY", 5, "SCORE"));

    @TempDir
    private Path folder;

    @Test
    void namesAndValuesNeedNoQuotes() {
        assertThat(WikiSqlText.parse(
                        "SELECT COUNT NO. FROM table WHERE STATE/TERRITORY = \"South Australia\" ;", 3, NAMES))
                .hasValue(new WikiSqlQuery(2, 3, List.of(new Condition(4, 0, "South Australia", false))));
        assertThat(WikiSqlText.parse("SELECT NAME FROM table", 0, NAMES)).hasValue(new WikiSqlQuery(0, 0, List.of()));
    }

    @Test
    void aValueMayHoldWhatLooksLikeTheNextCondition() {
        assertThat(WikiSqlText.parse(
                        "SELECT SCORE FROM table WHERE NAME AND YEAR = \"Tom AND Jerry\" AND NO. > \"4\" ;", 0, NAMES))
                .hasValue(new WikiSqlQuery(
                        5, 0, List.of(new Condition(1, 0, "Tom AND Jerry", false), new Condition(2, 1, "4", false))));
    }

    @Test
    void columnsThatTheTableIsNotKnownToHaveAreNotFound() {
        assertThat(WikiSqlText.parse("SELECT AGE FROM table", 0, NAMES)).isEmpty();
        assertThat(WikiSqlText.parse("SELECT NAME FROM table WHERE AGE = \"4\"", 0, NAMES))
                .isEmpty();
    }

    @Test
    void rowsWithTextOnlyAreTakenWhereAllowed() throws Exception {
        Files.writeString(folder.resolve("tables.partial.jsonl"), "{\"id\": \"t\", \"columns\": {\"0\": \"NAME\"}}");
        Files.writeString(folder.resolve("train.jsonl"), """
                {"table_id": "t", "question": "a", "sql_text": "SELECT COUNT NAME FROM table WHERE NAME = \\"O'Hara\\" ;", "agg": 3}
                {"table_id": "t", "question": "b", "sql_text": "SELECT AGE FROM table", "agg": 0}
                """);

        assertThat(new WikiSqlSource(folder).prepare().counts().get(0).rejects())
                .isEqualTo(Map.of("without sel, agg and conds", 2));
        Splits<Example> splits = new WikiSqlSource(folder, "", false, true).prepare();

        assertThat(splits.train())
                .extracting(Example::sql)
                .containsExactly("SELECT COUNT(NAME) FROM \"table\" WHERE NAME = 'O''Hara'");
        assertThat(splits.counts().get(0).rejects()).isEqualTo(Map.of("whose text names unknown columns", 1));
    }
}
