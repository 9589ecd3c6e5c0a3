package org.sqltune.data.synthesis.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqltune.data.synthesis.profile.ColumnProfile;
import org.sqltune.data.synthesis.profile.ColumnRole;
import org.sqltune.data.synthesis.profile.DatabaseProfile;
import org.sqltune.data.synthesis.profile.Link;
import org.sqltune.data.synthesis.profile.TableProfile;

/**
 * Where a template draws from.
 *
 * @param database the whole database
 * @param table the table that the query is about
 * @param choice the dice
 */
public record Scope(DatabaseProfile database, TableProfile table, Choice choice) {
    /** The same dice over another table. */
    Scope over(TableProfile other) {
        return new Scope(database, other, choice);
    }

    /** A column of the table. */
    Optional<ColumnProfile> column(Predicate<ColumnProfile> fits) {
        return choice.from(table.columns(fits));
    }

    /** A column worth showing: mostly not a key. */
    Optional<ColumnProfile> shown() {
        return column(c -> !c.is(ColumnRole.KEY, ColumnRole.OTHER))
                .filter(c -> choice.chance(0.92))
                .or(() -> column(c -> true));
    }

    /** A number column of which an average makes sense. */
    Optional<ColumnProfile> number() {
        return column(c -> c.is(ColumnRole.NUMBER) && c.values().size() >= 2);
    }

    /** A column by which rows group. */
    Optional<ColumnProfile> group() {
        return column(c -> c.groupable() && c.is(ColumnRole.CATEGORY))
                .filter(c -> choice.chance(0.85))
                .or(() -> column(ColumnProfile::groupable));
    }

    /** A link to a table that this one refers to. */
    Optional<Link> up() {
        return choice.from(database.linksFrom(table));
    }

    /** A link from a table that refers to this one. */
    Optional<Link> down() {
        return choice.from(database.linksTo(table));
    }

    /** Columns worth showing. */
    Optional<List<ColumnProfile>> shown(int count) {
        return choice.some(table.columns(c -> !c.is(ColumnRole.KEY, ColumnRole.OTHER)), count);
    }

    /** The table as a term. */
    Term.Entity entity() {
        return new Term.Entity(table);
    }

    /** A column of the table as a term. */
    Term.Attribute attribute(ColumnProfile column) {
        return new Term.Attribute(table, column);
    }

    /** All rows of the table as a term. */
    Term.Rows all() {
        return new Term.Rows(table, Optional.empty());
    }

    /** The rows of the table that fulfil a condition, as a term. */
    Term.Rows where(Condition condition) {
        return new Term.Rows(table, Optional.of(condition));
    }
}
