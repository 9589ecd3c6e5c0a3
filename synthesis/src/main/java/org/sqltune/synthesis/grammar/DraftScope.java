package org.sqltune.synthesis.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;
import org.sqltune.synthesis.profile.TableProfile;

/**
 * The scope from which a template draws a query.
 *
 * @param database the whole database
 * @param table the table that the query is about
 * @param choice the source of randomness
 */
public record DraftScope(DatabaseProfile database, TableProfile table, Choice choice) {
    /** Returns the same scope with another table. */
    public DraftScope over(TableProfile other) {
        return new DraftScope(database, other, choice);
    }

    /** Picks a column of the table. */
    public Optional<ColumnProfile> column(Predicate<ColumnProfile> fits) {
        return choice.from(table.columns(fits));
    }

    /** Picks a column to show, rarely a key. */
    public Optional<ColumnProfile> shown() {
        return column(c -> !c.is(ColumnRole.KEY, ColumnRole.OTHER))
                .filter(c -> choice.chance(0.92))
                .or(() -> column(c -> true));
    }

    /** Picks a numeric column whose average is meaningful. */
    public Optional<ColumnProfile> number() {
        return column(c -> c.is(ColumnRole.NUMBER) && c.values().size() >= 2);
    }

    /** Picks a column to group by. */
    public Optional<ColumnProfile> group() {
        return column(c -> c.groupable() && c.is(ColumnRole.CATEGORY))
                .filter(c -> choice.chance(0.85))
                .or(() -> column(ColumnProfile::groupable));
    }

    /** Picks a link to a table that this one refers to. */
    public Optional<Link> up() {
        return choice.from(database.linksFrom(table));
    }

    /** Picks a link from a table that refers to this one. */
    public Optional<Link> down() {
        return choice.from(database.linksTo(table));
    }

    /** Picks several columns to show. */
    public Optional<List<ColumnProfile>> shown(int count) {
        return choice.some(table.columns(c -> !c.is(ColumnRole.KEY, ColumnRole.OTHER)), count);
    }

    /** Returns the table as a term. */
    public Term.Entity entity() {
        return new Term.Entity(table);
    }

    /** Returns a column of the table as a term. */
    public Term.Attribute attribute(ColumnProfile column) {
        return new Term.Attribute(table, column);
    }

    /** Returns all rows of the table as a term. */
    public Term.Rows all() {
        return new Term.Rows(table, Optional.empty());
    }

    /** Returns the rows that satisfy a condition as a term. */
    public Term.Rows where(DraftCondition condition) {
        return new Term.Rows(table, Optional.of(condition));
    }
}
