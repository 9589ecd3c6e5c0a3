package org.sqltune.synthesis.template;

import java.util.List;
import java.util.Optional;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Select;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.grammar.Thresholds;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;
import org.sqltune.synthesis.profile.ProfiledValue;

/**
 * A join of children with their parents: {@code child AS T1 JOIN parent AS T2 ON T1.reference = T2.key}.
 *
 * @param link the link to join on
 * @param child the scope of the children, alias T1
 * @param parent the scope of the parents, alias T2
 */
record Join(Link link, DraftScope child, DraftScope parent) {
    static final String CHILD = "T1.";
    static final String PARENT = "T2.";

    /** Draws a join of the scope's table with a parent. */
    static Optional<Join> up(DraftScope s) {
        return s.up().map(link -> new Join(link, s, s.over(link.parent())));
    }

    /** Like {@link #up}, but requires that the parents have names. */
    static Optional<Join> upToNamed(DraftScope s) {
        return s.choice()
                .from(s.database().linksFrom(s.table()).stream()
                        .filter(link -> link.parent().label().is(ColumnRole.NAME))
                        .toList())
                .map(link -> new Join(link, s, s.over(link.parent())));
    }

    /** Draws two joins of the scope's table, with different parents. */
    static Optional<List<Join>> upTwice(DraftScope s) {
        return s.choice()
                .some(s.database().linksFrom(s.table()), 2)
                .map(links -> links.stream()
                        .map(link -> new Join(link, s, s.over(link.parent())))
                        .toList());
    }

    String from() {
        return link.child().sql() + " AS T1 JOIN " + link.parent().sql() + " AS T2 ON " + on();
    }

    private String on() {
        return CHILD + link.reference().sql() + " = " + PARENT + link.key().sql();
    }

    /** Returns the FROM clause extended by another parent of the child, alias T3. */
    String fromWithSecondParent(Link second) {
        return from() + " JOIN " + second.parent().sql() + " AS T3 ON " + CHILD
                + second.reference().sql() + " = T3." + second.key().sql();
    }

    /** Returns the FROM clause extended by the parent's parent, alias T3. */
    String fromWithGrandparent(Link up) {
        return from() + " JOIN " + up.parent().sql() + " AS T3 ON " + PARENT
                + up.reference().sql() + " = T3." + up.key().sql();
    }

    Select select(String... columns) {
        return Select.of(from(), columns);
    }

    /** Returns the column that names the parents. */
    ColumnProfile name() {
        return link.parent().label();
    }

    /** Returns the parents' name with its alias. */
    String nameSql() {
        return PARENT + name().sql();
    }

    /** Returns the parents' key with its alias: names may repeat, keys don't. */
    String keySql() {
        return PARENT + link.key().sql();
    }

    /** Returns a unique parent's name that a question can quote. */
    Optional<ProfiledValue> oneName() {
        return Optional.of(name())
                .filter(ColumnProfile::unique)
                .flatMap(name -> child.choice()
                        .from(name.values().stream().filter(Thresholds::sayable).toList()));
    }

    /** Returns a draft with both tables as terms. */
    Draft draft(String phrases, Select select) {
        return Draft.of(phrases, select)
                .with("item", child.entity())
                .with("parent", parent.entity())
                .with("link", new Term.Relation(link))
                .with("name", parent.attribute(name()));
    }
}
