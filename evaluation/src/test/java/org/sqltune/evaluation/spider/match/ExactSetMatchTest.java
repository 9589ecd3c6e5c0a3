package org.sqltune.evaluation.spider.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.evaluation.spider.grammar.ParsedQuery;
import org.sqltune.evaluation.spider.grammar.QueryParser;
import org.sqltune.evaluation.spider.grammar.QuerySchema;
import org.sqltune.evaluation.spider.match.SetMatch.ComponentMatch;

/** Two queries compared as the official evaluator compares them: components as sets, values out of the way. */
class ExactSetMatchTest {
    private static final QuerySchema SCHEMA = new QuerySchema(Map.of(
            "singer", List.of("id", "name", "age", "country"),
            "concert", List.of("id", "singer_id", "year")));
    /** Columns by number: 0 is the star, then singer's and concert's. */
    private static final ForeignKeys KEYS = ForeignKeys.of(
            List.of(
                    "*",
                    "__singer.id__",
                    "__singer.name__",
                    "__singer.age__",
                    "__singer.country__",
                    "__concert.id__",
                    "__concert.singer_id__",
                    "__concert.year__"),
            List.of(List.of(6, 1)));

    private static ParsedQuery form(String sql) {
        return ComparableForm.of(QueryParser.parse(sql, SCHEMA), SCHEMA, KEYS);
    }

    private static SetMatch compare(String predicted, String gold) {
        return ExactSetMatch.compare(form(predicted), form(gold));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM singer",
                "SELECT DISTINCT name, age FROM singer WHERE age > 3 AND country = 'x' ORDER BY age DESC LIMIT 3",
                "SELECT count(*) FROM singer GROUP BY country HAVING count(*) > 2",
                "SELECT T1.name FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id WHERE T2.year = 2014",
                "SELECT name FROM singer WHERE id NOT IN (SELECT singer_id FROM concert)",
                "SELECT name FROM singer UNION SELECT country FROM singer",
                "SELECT count(*) FROM (SELECT name FROM singer)"
            })
    void aQueryMatchesItself(String sql) {
        SetMatch match = compare(sql, sql);
        assertThat(match.exact()).isTrue();
        assertThat(match.components().values()).allMatch(ComponentMatch::right);
        assertThat(match.components()).hasSize(Component.values().length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT age, name FROM singer | SELECT name, age FROM singer",
                "SELECT name FROM singer WHERE age > 3 | SELECT name FROM singer WHERE age > 99",
                "SELECT DISTINCT name FROM singer | SELECT name FROM singer",
                "SELECT name FROM singer WHERE age > 3 AND country = 'a' | SELECT name FROM singer WHERE country = 'b' AND"
                        + " age > 1",
                "SELECT name FROM singer LIMIT 3 | SELECT name FROM singer LIMIT 7",
                "SELECT T1.id FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id"
                        + " | SELECT T2.singer_id FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id"
            })
    void whatIsntComparedMayDiffer(String predicted, String gold) {
        assertThat(compare(predicted, gold).exact()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT name FROM singer | SELECT age FROM singer | SELECT",
                "SELECT max(age) FROM singer | SELECT min(age) FROM singer | SELECT",
                "SELECT name FROM singer WHERE age > 3 | SELECT name FROM singer WHERE age < 3 | WHERE",
                "SELECT name FROM singer WHERE age > 3 | SELECT name FROM singer WHERE id > 3 | WHERE_WITHOUT_OPERATORS",
                "SELECT name FROM singer GROUP BY age | SELECT name FROM singer GROUP BY id | GROUP_WITHOUT_HAVING",
                "SELECT name FROM singer GROUP BY age | SELECT name FROM singer GROUP BY age HAVING count(*) > 2 | GROUP",
                "SELECT name FROM singer ORDER BY age | SELECT name FROM singer ORDER BY age DESC | ORDER",
                "SELECT name FROM singer ORDER BY age | SELECT name FROM singer ORDER BY age LIMIT 3 | ORDER",
                "SELECT name FROM singer WHERE age > 3 OR id = 3 | SELECT name FROM singer WHERE age > 3 AND id = 3 |"
                        + " CONNECTIVES",
                "SELECT name FROM singer EXCEPT SELECT country FROM singer | SELECT name FROM singer UNION SELECT country"
                        + " FROM singer | SET_OPERATIONS",
                "SELECT name FROM singer WHERE age > 3 | SELECT name FROM singer | KEYWORDS"
            })
    void aComponentThatDiffersIsWrong(String predicted, String gold, Component component) {
        SetMatch match = compare(predicted, gold);
        assertThat(match.exact()).isFalse();
        assertThat(match.components().get(component).right()).isFalse();
    }

    @Test
    void functionsAreTheOnlyDifferenceOfTheTwoSelectComponents() {
        SetMatch match = compare("SELECT max(age) FROM singer", "SELECT min(age) FROM singer");
        assertThat(match.components().get(Component.SELECT).right()).isFalse();
        assertThat(match.components().get(Component.SELECT_WITHOUT_AGGREGATES).right())
                .isTrue();
    }

    @Test
    void otherTablesAreNoMatchThoughEveryComponentIsRight() {
        SetMatch match = compare("SELECT count(*) FROM concert", "SELECT count(*) FROM singer");
        assertThat(match.components().values()).allMatch(ComponentMatch::right);
        assertThat(match.exact()).isFalse();
    }

    @Test
    void anAnswerThatCantBeReadMatchesNothing() {
        SetMatch match = ExactSetMatch.compare(ParsedQuery.EMPTY, form("SELECT name FROM singer"));
        assertThat(match.exact()).isFalse();
        assertThat(match.components().get(Component.SELECT)).isEqualTo(new ComponentMatch(1, 0, 0));
    }

    @Test
    void piecesAreCountedAsOftenAsTheyOccur() {
        ComponentMatch select = compare("SELECT name, name, age FROM singer", "SELECT name, age, id FROM singer")
                .components()
                .get(Component.SELECT);
        assertThat(select).isEqualTo(new ComponentMatch(3, 3, 2));
    }

    @Test
    void anInnerQueryIsComparedWithoutItsValues() {
        String query = "SELECT name FROM singer WHERE id IN (SELECT singer_id FROM concert WHERE year %s %d)";
        assertThat(compare(query.formatted("=", 2014), query.formatted("=", 2015))
                        .exact())
                .isTrue();
        assertThat(compare(query.formatted(">", 2014), query.formatted("=", 2014))
                        .exact())
                .isFalse();
    }

    /** Whatever the order of the select list and of the conditions, it is the same query. */
    @Property(tries = 100)
    void orderOfColumnsAndConditionsDoesntMatter(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 3) Integer> selected,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 3) Integer> conditions,
            @ForAll Random random) {
        List<Integer> otherSelected = new ArrayList<>(selected);
        List<Integer> otherConditions = new ArrayList<>(conditions);
        Collections.shuffle(otherSelected, random);
        Collections.shuffle(otherConditions, random);
        SetMatch match = compare(query(otherSelected, otherConditions), query(selected, conditions));
        assertThat(match.exact()).isTrue();
    }

    /** Exact is symmetric. */
    @Property(tries = 100)
    void whoeverIsGoldTheVerdictIsTheSame(
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 0, max = 3) Integer> one,
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 0, max = 3) Integer> other) {
        assertThat(compare(query(one, other), query(other, one)).exact())
                .isEqualTo(compare(query(other, one), query(one, other)).exact());
    }

    private static String query(List<Integer> selected, List<Integer> conditions) {
        List<String> columns = List.of("id", "name", "age", "country");
        List<String> wheres = conditions.stream()
                .map(each -> columns.get(each) + " = " + each)
                .toList();
        return "SELECT "
                + String.join(", ", selected.stream().map(columns::get).toList())
                + " FROM singer WHERE " + String.join(" AND ", wheres);
    }
}
