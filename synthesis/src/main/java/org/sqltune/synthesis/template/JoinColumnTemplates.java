package org.sqltune.synthesis.template;

import static org.sqltune.synthesis.template.Join.CHILD;
import static org.sqltune.synthesis.template.JoinTemplates.join;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Conditions;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** Several columns of joined rows. */
final class JoinColumnTemplates {
    private JoinColumnTemplates() {}

    static List<QueryTemplate> all() {
        return List.of(
                join("fields-of-one", JoinColumnTemplates::fieldsOfOne),
                join("fields-of-one-ordered", JoinColumnTemplates::fieldsOfOneOrdered),
                join("name-and-fields", JoinColumnTemplates::nameAndFields));
    }

    private static Optional<Draft> fieldsOfOne(DraftScope s) {
        return Join.upToNamed(s)
                .flatMap(j -> s.shown(2)
                        .flatMap(list -> j.oneName()
                                .map(value -> j.draft(
                                                "join-fields-of-one",
                                                j.select(names(CHILD, list))
                                                        .where(j.nameSql() + " = " + value.literal()))
                                        .with("fields", new Term.Attributes(s.table(), list))
                                        .with("value", value))));
    }

    private static Optional<Draft> fieldsOfOneOrdered(DraftScope s) {
        boolean down = s.choice().chance(0.7);
        return Join.upToNamed(s)
                .flatMap(j -> s.column(c -> c.is(ColumnRole.DATE) && c.missing() == 0)
                        .flatMap(by -> withOther(s, by)
                                .flatMap(list -> j.oneName()
                                        .map(value -> j.draft(
                                                        "join-fields-of-one-" + (down ? "newest" : "oldest"),
                                                        j.select(names(CHILD, list))
                                                                .where(j.nameSql() + " = " + value.literal())
                                                                .orderBy(CHILD + by.sql(), down))
                                                .with("fields", new Term.Attributes(s.table(), list))
                                                .with("measure", s.attribute(by))
                                                .with("value", value)))));
    }

    /** Draws the parents' name and one or two columns of their children. */
    private static Optional<Draft> nameAndFields(DraftScope s) {
        boolean two = s.choice().chance(0.5);
        return Join.upToNamed(s)
                .flatMap(j -> Conditions.telling(s)
                        .flatMap(rows -> s.shown(two ? 2 : 1)
                                .filter(list -> !list.contains(rows.column()))
                                .map(list -> {
                                    List<String> columns = new ArrayList<>(List.of(j.nameSql()));
                                    columns.addAll(List.of(names(CHILD, list)));
                                    Select select = j.select(columns.toArray(String[]::new));
                                    Term shown = two ? new Term.Attributes(s.table(), list) : s.attribute(list.get(0));
                                    return j.draft("join-name-and-fields", select.where(rows.sql(CHILD)))
                                            .with("fields", shown)
                                            .with("rows", s.where(rows));
                                })));
    }

    /** Returns the column and another one to show, or two. */
    static Optional<List<ColumnProfile>> withOther(DraftScope s, ColumnProfile column) {
        List<ColumnProfile> others =
                s.table().columns(c -> !c.equals(column) && !c.is(ColumnRole.KEY, ColumnRole.OTHER));
        int count = others.size() > 1 && s.choice().chance(0.4) ? 2 : 1;
        return s.choice().some(others, count).map(list -> {
            List<ColumnProfile> all = new ArrayList<>(List.of(column));
            all.addAll(list);
            return all;
        });
    }

    static String[] names(String alias, List<ColumnProfile> columns) {
        return columns.stream().map(c -> alias + c.sql()).toArray(String[]::new);
    }
}
