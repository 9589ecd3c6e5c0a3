package org.sqltune.synthesis.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.synthesis.ShopDatabase;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.DatabaseProfiler;
import org.sqltune.synthesis.profile.ProfiledValue;
import org.sqltune.synthesis.profile.TableProfile;

/** The shape of what the templates with several tables, columns, figures or conditions draft. */
class DraftShapesTest {
    private static Connection shop;
    private static DatabaseProfile database;

    @BeforeAll
    static void open() throws SQLException {
        shop = ShopDatabase.open();
        database = DatabaseProfiler.profile(ShopDatabase.schema(shop), shop);
    }

    @AfterAll
    static void close() throws SQLException {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "join.both-columns          ; SELECT T1\\.\\w+ FROM .* WHERE .*T2\\..* AND .*T1\\..*",
                "join.both-of-one           ; SELECT T1\\.\\w+ FROM .* WHERE T2\\.name = '.*' AND .*T1\\..*",
                "join.both-count            ; SELECT COUNT\\(\\*\\) FROM .* WHERE .*T2\\..* AND .*T1\\..*",
                "join.both-count-parents    ; SELECT COUNT\\(DISTINCT T2\\.\\w+\\) FROM .* WHERE .*T1\\..*",
                "join.both-measure          ; SELECT (SUM|AVG|MAX|MIN)\\(T1\\.\\w+\\) FROM .* WHERE .*T2\\..* AND .*T1\\..*",
                "join.both-parents          ; SELECT DISTINCT T2\\.name FROM .* WHERE .*T2\\..* AND .*T1\\..*",
                "join.parents-of-both       ; SELECT DISTINCT T2\\.name FROM .* WHERE .*T1\\..* AND .*T1\\..*",
                "join.parents-columns       ; SELECT DISTINCT T2\\.name, T2\\.\\w+ FROM .* WHERE .*T1\\..*",
                "join.group-count-where     ; SELECT T2\\.name, COUNT\\(\\*\\) FROM .* WHERE .*T1\\..* GROUP BY T2\\.\\w+",
                "join.group-measure-where   ; SELECT T2\\.\\w+, (SUM|AVG)\\(T1\\..* WHERE .*T1\\..* GROUP BY T2\\.\\w+",
                "join.group-measure-of-some ; SELECT T2\\.name, (SUM|AVG)\\(T1\\..* WHERE .*T2\\..* GROUP BY T2\\.\\w+",
                "join.group-attribute-ordered ; SELECT T2\\.\\w+, .* GROUP BY T2\\.\\w+ ORDER BY (SUM|AVG)\\(.* (ASC|DESC)",
                "join.measure-top-where     ; SELECT T2\\.name FROM .* WHERE .*T1\\..* ORDER BY (SUM|AVG)\\(.* DESC LIMIT \\d",
                "join.measure-top-figure    ; SELECT T2\\.name, (SUM|AVG)\\(.* ORDER BY (SUM|AVG)\\(.* DESC LIMIT \\d",
                "join.having-figure         ; SELECT T2\\.name, COUNT\\(\\*\\) FROM .* HAVING COUNT\\(\\*\\) >=? \\d+",
                "join.fields-of-one         ; SELECT T1\\.\\w+, T1\\.\\w+ FROM .* WHERE T2\\.name = '.*'",
                "join.fields-of-one-ordered ; SELECT T1\\.\\w+, T1\\.\\w+.* WHERE T2\\.name = '.*' ORDER BY T1\\.\\w+ (ASC|DESC)",
                "join.name-and-fields       ; SELECT T2\\.name, T1\\.\\w+.* FROM .* WHERE .*T1\\..*",
                "join.second-of-one         ; SELECT DISTINCT T3\\.name FROM .* AS T3 .* WHERE T2\\.name = '.*'",
                "join.second-of-one-where   ; SELECT DISTINCT T3\\.name FROM .* WHERE T2\\.name = '.*' AND .*T1\\..*",
                "join.column-of-one-second  ; SELECT T2\\.name, T1\\.\\w+ FROM .* WHERE T3\\.name = '.*' AND .*T1\\..*",
                "join.grandparent-fields    ; SELECT T1\\.\\w+, T1\\.\\w+.* AS T3 .* WHERE T3\\.name = '.*'",
                "join.grandparent-measure   ; SELECT \\w+\\(T1\\.\\w+\\) FROM .* AS T3 .* WHERE .*T3\\..*",
                "simple.columns-ordered     ; SELECT \\w+, \\w+ FROM \\w+ ORDER BY \\w+ (ASC|DESC)",
                "simple.top-both            ; SELECT \\w+, \\w+ FROM \\w+ ORDER BY \\w+ (ASC|DESC) LIMIT 1",
                "filter.columns-ordered     ; SELECT \\w+, \\w+ FROM \\w+ WHERE .* ORDER BY \\w+ (ASC|DESC)",
                "filter.top-both            ; SELECT \\w+, \\w+ FROM \\w+ WHERE .* ORDER BY \\w+ (ASC|DESC) LIMIT \\d",
                "filter.category-and-limit  ; SELECT \\w+ FROM \\w+ WHERE .* AND .*",
                "filter.category-and-limit-both ; SELECT \\w+, (\\w+) FROM \\w+ WHERE .* AND .*\\1.*",
                "filter.column-above        ; SELECT \\w+ FROM products WHERE (price > cost|cost > price)",
                "filter.column-below        ; SELECT \\w+ FROM products WHERE (price < cost|cost < price)",
                "aggregation.count-column-above ; SELECT COUNT\\(\\*\\) FROM products WHERE \\w+ > \\w+",
                "aggregation.count-column-below ; SELECT COUNT\\(\\*\\) FROM products WHERE \\w+ < \\w+",
                "simple.difference          ; SELECT name, (price - cost|cost - price) FROM products",
                "simple.difference-top      ; SELECT name FROM products ORDER BY (price - cost|cost - price) (ASC|DESC) LIMIT \\d",
                "aggregation.range-down     ; SELECT MAX\\((\\w+)\\), MIN\\(\\1\\) FROM .*",
                "aggregation.count-and-measure ; SELECT COUNT\\(\\*\\), (SUM|AVG)\\(\\w+\\) FROM \\w+ WHERE .*",
                "aggregation.count-category-and-limit ; SELECT COUNT\\(\\*\\) FROM \\w+ WHERE .* AND .*",
                "aggregation.measure-category-and-limit ; SELECT (SUM|AVG)\\(\\w+\\) FROM \\w+ WHERE .* AND .*",
                "aggregation.group-count-and-measure ; SELECT (\\w+), COUNT\\(\\*\\), \\w+\\(\\w+\\) FROM \\w+ GROUP BY \\1",
                "aggregation.group-pairs    ; SELECT (\\w+, \\w+), COUNT\\(\\*\\) FROM \\w+ GROUP BY \\1",
                "aggregation.group-having-where ; SELECT (\\w+) FROM \\w+ WHERE .* GROUP BY \\1 HAVING COUNT\\(\\*\\) >=? \\d+",
                "aggregation.group-having-measured ; SELECT (\\w+), \\w+\\(\\w+\\) FROM \\w+ GROUP BY \\1 HAVING COUNT.*",
                "aggregation.group-top-count ; SELECT (\\w+).* FROM \\w+ GROUP BY \\1 ORDER BY COUNT\\(\\*\\) DESC LIMIT \\d",
                "aggregation.group-top-measure ; SELECT (\\w+), (\\w+\\(\\w+\\)) FROM \\w+ GROUP BY \\1 ORDER BY \\2 DESC LIMIT \\d",
                "nested.with-and-without    ; SELECT .* IN \\(SELECT .*\\) AND \\w+ NOT IN \\(SELECT .*\\)",
                "nested.without-either      ; SELECT .* NOT IN \\(SELECT .*\\) AND \\w+ NOT IN \\(SELECT .*\\)",
                "nested.some-without        ; SELECT .* WHERE .* AND \\w+ NOT IN \\(SELECT \\w+ FROM [^)]*\\)",
                "nested.some-without-where  ; SELECT .* WHERE .* AND \\w+ NOT IN \\(SELECT \\w+ FROM \\w+ WHERE .*\\)",
                "nested.two-averages        ; SELECT .* [<>] \\(SELECT AVG\\(\\w+\\) FROM \\w+\\) AND \\w+ [<>] \\(SELECT AVG\\(.*",
                "nested.average-of-group    ; SELECT .* AS T1 WHERE .* \\(SELECT AVG\\(T2\\..* WHERE T2\\.(\\w+) = T1\\.\\1\\)",
                "nested.average-of-same     ; SELECT .* WHERE (.*) AND \\w+ [<>] \\(SELECT AVG\\(\\w+\\) FROM \\w+ WHERE \\1\\)",
                "nested.difference-of-averages ; SELECT \\((SELECT AVG.*) WHERE .*\\) - \\(\\1 WHERE .*\\)"
            })
    void everyDraftHasTheTemplatesShape(String id, String shape) {
        assertThat(drafts(id))
                .isNotEmpty()
                .allSatisfy(draft -> assertThat(draft.sql()).matches(shape));
    }

    @Test
    void columnsThatMeasureDifferentThingsHaveNoDifference() {
        TableProfile table = new TableProfile("t", List.of(number("price"), number("quantity"), number("___")), 3);
        DatabaseProfile only = new DatabaseProfile(List.of(table), List.of());

        for (long seed = 0; seed < 20; seed++) {
            assertThat(template("simple.difference").rule().draw(new DraftScope(only, table, new Choice(seed))))
                    .isEmpty();
        }
    }

    private static ColumnProfile number(String name) {
        List<ProfiledValue> values =
                List.of(1.0, 2.0, 3.0).stream().map(ProfiledValue::ofNumber).toList();
        return new ColumnProfile(name, ColumnRole.NUMBER, values, 3, 0);
    }

    private static List<Draft> drafts(String id) {
        List<Draft> drafts = new ArrayList<>();
        for (TableProfile table : database.tables()) {
            for (long seed = 0; seed < 12; seed++) {
                template(id)
                        .rule()
                        .draw(new DraftScope(database, table, new Choice(seed)))
                        .ifPresent(drafts::add);
            }
        }
        return drafts;
    }

    private static QueryTemplate template(String id) {
        return Templates.all().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
