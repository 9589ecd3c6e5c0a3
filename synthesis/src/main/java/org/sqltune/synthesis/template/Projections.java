package org.sqltune.synthesis.template;

import java.util.Optional;
import org.sqltune.synthesis.grammar.ConditionKind;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftCondition;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;

/** Chooses the select list for the rows of a condition. */
final class Projections {
    private Projections() {}

    /** Draws a query for the rows' label, for one or two columns, or for all. */
    static Optional<Draft> of(DraftScope s, DraftCondition condition) {
        int dice = s.choice().between(1, 100);
        if (dice <= 44) {
            return Optional.of(label(s, condition));
        }
        if (dice <= 55) {
            return Optional.of(all(s, condition));
        }
        return dice <= 80 ? column(s, condition) : columns(s, condition);
    }

    /** Returns a query for the number of rows. */
    static Draft count(DraftScope s, DraftCondition condition) {
        return Draft.of("count-where", Select.of(s.table().sql(), "COUNT(*)").where(condition.sql("")))
                .with("table", s.entity())
                .with("rows", s.where(condition));
    }

    static Draft label(DraftScope s, DraftCondition condition) {
        ColumnProfile label = s.table().label();
        String phrases = label.is(ColumnRole.NAME) ? "rows-label" : "rows-key";
        return Draft.of(phrases, Select.of(s.table().sql(), label.sql()).where(condition.sql("")))
                .with("table", s.entity())
                .with("column", s.attribute(label))
                .with("rows", s.where(condition));
    }

    /** Returns whether the column's value isn't fixed by the condition. */
    private static boolean tells(ColumnProfile column, DraftCondition condition) {
        return !(condition instanceof DraftCondition.Single single
                && single.column().equals(column)
                && single.kind().equals(ConditionKind.EQUALS.section()));
    }

    /** Who asks for rows that have a name means their names; only "all details" asks for every column. */
    private static Draft all(DraftScope s, DraftCondition condition) {
        String phrases = s.table().label().is(ColumnRole.NAME) ? "rows-details" : "rows-all";
        return Draft.of(phrases, Select.of(s.table().sql(), "*").where(condition.sql("")))
                .with("rows", s.where(condition));
    }

    private static Optional<Draft> column(DraftScope s, DraftCondition condition) {
        return s.shown()
                .filter(c -> !c.equals(s.table().label()) && tells(c, condition))
                .map(c -> Draft.of(
                                "rows-column",
                                Select.of(s.table().sql(), c.sql()).where(condition.sql("")))
                        .with("column", s.attribute(c))
                        .with("rows", s.where(condition)));
    }

    private static Optional<Draft> columns(DraftScope s, DraftCondition condition) {
        return s.shown(2)
                .filter(list -> list.stream().allMatch(c -> tells(c, condition)))
                .map(list -> Draft.of(
                                "rows-columns",
                                Select.of(s.table().sql(), SimpleTemplates.names(list))
                                        .where(condition.sql("")))
                        .with("fields", new Term.Attributes(s.table(), list))
                        .with("rows", s.where(condition)));
    }
}
