package org.sqltune.evaluation.wikisql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.data.wikisql.WikiSqlQuery;
import org.sqltune.data.wikisql.WikiSqlQuery.Condition;

class SqlTextTest {
    private static final SortedMap<Integer, String> COLUMNS =
            new TreeMap<>(Map.of(0, "Name", 1, "Year (A.D.)", 2, "from", 4, "it's"));

    private static WikiSqlQuery read(String sql) {
        return SqlText.read(sql, COLUMNS).orElseThrow(() -> new AssertionError(sql + " wasn't read"));
    }

    @Test
    void aColumnWithoutConditionsIsRead() {
        assertThat(read("SELECT Name FROM t")).isEqualTo(new WikiSqlQuery(0, 0, List.of()));
        assertThat(read("select \"name\" from \"table\" ;")).isEqualTo(new WikiSqlQuery(0, 0, List.of()));
        assertThat(read("SELECT [from] FROM `table`")).isEqualTo(new WikiSqlQuery(2, 0, List.of()));
    }

    @Test
    void functionsHaveTheirNumber() {
        for (int function = 1; function < WikiSqlQuery.AGGREGATES.size(); function++) {
            String name = WikiSqlQuery.AGGREGATES.get(function);
            assertThat(read("SELECT " + name + "(\"Year (A.D.)\") FROM t").aggregate())
                    .isEqualTo(function);
            assertThat(read("select " + name.toLowerCase(Locale.ROOT) + " ( Name ) from t")
                            .selected())
                    .isZero();
        }
    }

    @Test
    void conditionsAreReadInTheirOrder() {
        assertThat(read("SELECT Name FROM t WHERE \"Year (A.D.)\" > -3.5 AND \"it's\" = 'it''s' AND [from] < \"x\""))
                .isEqualTo(new WikiSqlQuery(
                        0,
                        0,
                        List.of(
                                new Condition(1, 1, "-3.5", true),
                                new Condition(4, 0, "it's", false),
                                new Condition(2, 2, "x", false))));
    }

    @Test
    void aNameThatTheHeaderHasTwiceIsTheFirst() {
        SortedMap<Integer, String> twice = new TreeMap<>(Map.of(3, "Name", 5, "NAME"));
        assertThat(SqlText.read("SELECT name FROM t", twice))
                .hasValueSatisfying(query -> assertThat(query.selected()).isEqualTo(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT Name",
                "SELECT Name FROM",
                "SELECT Nome FROM t",
                "SELECT * FROM t",
                "SELECT COUNT(*) FROM t",
                "SELECT DISTINCT Name FROM t",
                "SELECT TOTAL(Name) FROM t",
                "SELECT COUNT(Name FROM t",
                "SELECT Name, Name FROM t",
                "SELECT Name FROM t WHERE",
                "SELECT Name FROM t WHERE Name",
                "SELECT Name FROM t WHERE Name =",
                "SELECT Name FROM t WHERE Name != 'x'",
                "SELECT Name FROM t WHERE Name >= 3",
                "SELECT Name FROM t WHERE Name LIKE 'x'",
                "SELECT Name FROM t WHERE Name = Name",
                "SELECT Name FROM t WHERE Name = -'x'",
                "SELECT Name FROM t WHERE Name = 'x' OR Name = 'y'",
                "SELECT Name FROM t WHERE Name = 'x' AND",
                "SELECT Name FROM t ORDER BY Name",
                "SELECT Name FROM t, u",
                "SELECT Name FROM t WHERE Name = 'x",
                "INSERT INTO t VALUES (1)"
            })
    void otherSqlIsNoQueryOfWikiSqls(String sql) {
        assertThat(SqlText.read(sql, COLUMNS)).isEmpty();
    }

    /** Values of any characters survive the way through SQL, so gold queries that were written as SQL are read back. */
    @Property(tries = 200)
    void whatIsWrittenAsSqlIsReadBack(
            @ForAll @IntRange(min = 0, max = 5) int aggregate,
            @ForAll @IntRange(min = 0, max = 2) int selected,
            @ForAll @Size(max = 3) List<@StringLength(max = 8) String> values) {
        List<Condition> conditions = values.stream()
                .map(value -> new Condition(value.length() % 3, value.length() % 3, value.replace("\0", ""), false))
                .toList();
        WikiSqlQuery query = new WikiSqlQuery(selected, aggregate, conditions);
        SortedMap<Integer, String> columns = new TreeMap<>(Map.of(0, "col0", 1, "col1", 2, "col2"));
        assertThat(SqlText.read(LogicalForm.text(query), columns)).hasValue(query);
    }
}
