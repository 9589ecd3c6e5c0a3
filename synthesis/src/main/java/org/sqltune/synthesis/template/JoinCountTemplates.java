package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.Join.CHILD;
import static org.sqltune.synthesis.template.Join.PARENT;
import static org.sqltune.synthesis.template.JoinTemplates.join;

import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Comparison;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftCondition;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;

/** Counts of children by their parents. */
final class JoinCountTemplates {
    private static final String COUNT = "COUNT(*)";

    private JoinCountTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                join("count-of-one", JoinCountTemplates::countOfOne),
                join("count-of-some", JoinCountTemplates::countOfSome),
                join("group-count", JoinCountTemplates::groupCount),
                join("group-count-attribute", JoinCountTemplates::groupCountAttribute),
                join("most", s -> most(s, false)),
                join("most-where", s -> most(s, true)),
                join("most-several", JoinCountTemplates::mostSeveral),
                join("most-attribute", JoinCountTemplates::mostAttribute),
                join("having", JoinCountTemplates::having),
                join("left-count", JoinCountTemplates::leftCount));
    }

    private static Optional<Draft> countOfOne(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> j.oneName()
                        .map(value -> j.draft(
                                        "join-count-of-one",
                                        j.select(COUNT).where(j.nameSql() + " = " + value.literal()))
                                .with("value", value)));
    }

    private static Optional<Draft> countOfSome(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> Conditions.common(j.parent())
                        .map(condition -> j.draft(
                                        "join-count-of-some", j.select(COUNT).where(condition.sql(PARENT)))
                                .with("owners", j.parent().where(condition))));
    }

    private static Optional<Draft> groupCount(DraftScope s) {
        return Join.upToNamed(s)
                .map(j -> j.draft(
                                "join-group-count", j.select(j.nameSql(), COUNT).groupBy(j.keySql()))
                        .with("rows", s.all()));
    }

    private static Optional<Draft> groupCountAttribute(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> j.parent()
                        .group()
                        .map(g -> j.draft(
                                        "join-group-count-attribute",
                                        j.select(PARENT + g.sql(), COUNT).groupBy(PARENT + g.sql()))
                                .with("group", j.parent().attribute(g))));
    }

    private static Optional<Draft> most(DraftScope s, boolean filtered) {
        boolean most = filtered || s.choice().chance(0.7);
        Optional<DraftCondition.Single> condition = filtered ? Conditions.common(s) : Optional.empty();
        if (filtered && condition.isEmpty()) {
            return Optional.empty();
        }
        Term.Rows rows = condition.map(s::where).orElse(s.all());
        String where = condition.map(c -> c.sql(CHILD)).orElse(null);
        return Join.upToNamed(s)
                .map(j -> j.draft(
                                (most ? "join-most" : "join-fewest") + (filtered ? "-where" : ""),
                                j.select(j.nameSql())
                                        .where(where)
                                        .groupBy(j.keySql())
                                        .orderBy(COUNT, most)
                                        .limit(1))
                        .with("rows", rows));
    }

    private static Optional<Draft> mostSeveral(DraftScope s) {
        int rows = s.choice().between(2, 5);
        boolean both = s.choice().chance(0.4);
        return Join.upToNamed(s).map(j -> {
            Select select = both ? j.select(j.nameSql(), COUNT) : j.select(j.nameSql());
            return j.draft(
                            both ? "join-most-several-count" : "join-most-several",
                            select.groupBy(j.keySql()).orderBy(COUNT, true).limit(rows))
                    .with("n", rows);
        });
    }

    private static Optional<Draft> mostAttribute(DraftScope s) {
        return Join.up(s)
                .flatMap(j -> j.parent()
                        .group()
                        .map(g -> j.draft(
                                        "join-most-attribute",
                                        j.select(PARENT + g.sql())
                                                .groupBy(PARENT + g.sql())
                                                .orderBy(COUNT, true)
                                                .limit(1))
                                .with("group", j.parent().attribute(g))));
    }

    private static Optional<Draft> having(DraftScope s) {
        Comparison comparison = Comparison.draw(s.choice());
        int count = comparison.count(s.choice(), 5);
        return Join.upToNamed(s)
                .map(j -> j.draft(
                                "join-having-" + comparison.section(count),
                                j.select(j.nameSql()).groupBy(j.keySql()).having(COUNT + comparison.operator() + count))
                        .with("n", count));
    }

    /** Draws a count by parent that includes parents without children, as zero. */
    private static Optional<Draft> leftCount(DraftScope s) {
        return Join.upToNamed(s).map(j -> {
            String from = j.link().parent().sql() + " AS T1 LEFT JOIN "
                    + j.link().child().sql() + " AS T2 ON T1." + j.link().key().sql() + " = T2."
                    + j.link().reference().sql();
            String count = "COUNT(T2." + j.link().reference().sql() + ")";
            return j.draft(
                    "join-left-count",
                    Select.of(from, "T1." + j.name().sql(), count)
                            .groupBy("T1." + j.link().key().sql()));
        });
    }
}
