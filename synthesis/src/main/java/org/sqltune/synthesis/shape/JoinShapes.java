package org.sqltune.synthesis.shape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.invention.InventedSchema.InventedLink;
import org.sqltune.synthesis.invention.InventedTable;
import org.sqltune.synthesis.invention.InventedValue;
import org.sqltune.synthesis.invention.InventedValueKind;

/** Queries that list rows of two or three joined tables. The referring table is T1. */
public final class JoinShapes {
    private final Asker ask;

    public JoinShapes(Asker ask) {
        this.ask = ask;
    }

    /** Returns the FROM clause that joins child and parent. */
    static String from(InventedLink link) {
        return " FROM " + link.child().name() + " AS T1 JOIN " + link.parent().name() + " AS T2 ON " + "T1."
                + link.childColumn() + " = T2." + link.parentColumn();
    }

    /** Returns a JOIN with a third table, to which the table of the alias refers. */
    static String third(InventedLink link, String alias) {
        return " JOIN " + link.parent().name() + " AS T3 ON " + alias + link.childColumn() + " = T3."
                + link.parentColumn();
    }

    /** Returns the nouns for both tables of a link; {@code things} are the child's rows. */
    static Map<String, String> nouns(Asker ask, InventedLink link) {
        Map<String, String> slots = ask.nouns(link.child());
        slots.put("child", link.child().noun().spokenSingular());
        slots.put("children", link.child().noun().spokenPlural());
        slots.put("parent", link.parent().noun().spokenSingular());
        slots.put("parents", link.parent().noun().spokenPlural());
        return slots;
    }

    /** Returns the parent's caption if it has one, else some of its columns. */
    static List<Attribute> callingColumns(Asker ask, InventedTable table) {
        return table.caption()
                .filter(caption -> ask.random().chance(0.7))
                .map(List::of)
                .orElseGet(() -> ask.random().pickSome(ask.columns(table), 2));
    }

    /**
     * Writes a condition on the parent, phrased about the child: {@code of customers in Paris}, {@code of the
     * customer Ann}.
     */
    InventedCondition ofParent(InventedLink link, String qualifier) {
        InventedTable parent = link.parent();
        Optional<Attribute> caption = parent.caption();
        Map<String, String> slots = nouns(ask, link);
        if (caption.isPresent() && ask.random().chance(0.5)) {
            InventedValue value = ask.values().value(InventedValueKind.NAME);
            slots.put("value", value.spoken());
            return condition(qualifier + caption.get().name() + " = " + value.literal(), "of_named", slots);
        }
        InventedCondition condition = ask.conditions()
                .one(parent, qualifier)
                .orElseGet(() -> ask.conditions().equal(parent, parent.key(), qualifier));
        slots.put("attached", condition.attachedTo("").strip());
        if (!condition.prefix().isEmpty()) {
            slots.put("parents", condition.attachedTo(parent.noun().spokenPlural()));
            slots.put("attached", "");
        }
        return condition(condition.sql(), "of_parent", slots);
    }

    private InventedCondition condition(String sql, String rule, Map<String, String> slots) {
        return new InventedCondition(
                sql,
                "",
                ask.grammar().phrase(rule + ".with", slots).strip(),
                ask.grammar().phrase(rule + ".have", slots).strip());
    }

    public Optional<QuestionAndSql> columns(InventedSchema schema) {
        return ask.some(schema.links()).flatMap(link -> {
            List<Attribute> own = ask.random().pickSome(ask.columns(link.child()), 2);
            List<Attribute> calling = callingColumns(ask, link.parent());
            Map<String, String> slots = nouns(ask, link);
            JoinedColumns columns = columns(link, own, calling);
            if (ask.random().chance(0.3)) {
                slots.put("child_columns", ask.spokenColumns(own));
                slots.put("parent_columns", ask.spokenColumns(calling));
                slots.put("columns", ask.spoken(columns.spoken()));
                return ask.question("join.pair", slots, "SELECT " + columns.select() + from(link));
            }
            slots.put("columns", ask.spoken(columns.spoken()));
            return ask.question("join", slots, "SELECT " + columns.select() + from(link));
        });
    }

    private JoinedColumns columns(InventedLink link, List<Attribute> own, List<Attribute> calling) {
        boolean parentFirst = ask.random().chance(0.5);
        boolean namesChild = ask.random().chance(0.3);
        JoinedColumns columns = new JoinedColumns();
        if (parentFirst) {
            columns.add(calling, "T2.", link.parent());
        }
        if (namesChild) {
            columns.add(own, "T1.", link.child());
        } else {
            columns.add(own, "T1.");
        }
        return parentFirst ? columns : columns.add(calling, "T2.", link.parent());
    }

    public Optional<QuestionAndSql> where(InventedSchema schema) {
        return ask.some(schema.links()).flatMap(link -> {
            boolean ofParent = ask.random().chance(0.55);
            Optional<InventedCondition> condition = ofParent
                    ? Optional.of(ofParent(link, "T2."))
                    : ask.conditions().any(link.child(), "T1.");
            return condition.flatMap(present -> {
                List<Attribute> own = ask.random().pickSome(ask.columns(link.child()), 2);
                boolean onlyOwn = ofParent && ask.random().chance(0.5);
                JoinedColumns columns = onlyOwn
                        ? new JoinedColumns().add(own, "T1.")
                        : columns(link, own, callingColumns(ask, link.parent()));
                return restricted(link, present, columns, from(link));
            });
        });
    }

    private Optional<QuestionAndSql> restricted(
            InventedLink link, InventedCondition condition, JoinedColumns columns, String from) {
        Map<String, String> slots = nouns(ask, link);
        slots.putAll(ask.nouns(link.child(), condition));
        slots.put("columns", ask.spoken(columns.spoken()));
        slots.put(
                "have_one",
                condition
                        .have()
                        .replaceFirst("^have ", "has ")
                        .replaceFirst("^are ", "is ")
                        .replaceFirst("^belong ", "belongs "));
        return ask.question("join.where", slots, "SELECT " + columns.select() + from + " WHERE " + condition.sql());
    }

    /** Asks about three tables: a child with two parents, or a child, its parent and its grandparent. */
    public Optional<QuestionAndSql> threeTables(InventedSchema schema) {
        return ask.some(schema.links()).flatMap(link -> {
            List<InventedLink> seconds = schema.links().stream()
                    .filter(second -> !second.equals(link)
                            && !second.parent().equals(link.child())
                            && !second.parent().equals(link.parent()))
                    .filter(second -> second.child().equals(link.child())
                            || second.child().equals(link.parent()))
                    .toList();
            return ask.some(seconds).flatMap(second -> threeTables(link, second));
        });
    }

    private Optional<QuestionAndSql> threeTables(InventedLink link, InventedLink second) {
        InventedTable third = second.parent();
        String alias = second.child().equals(link.child()) ? "T1." : "T2.";
        String from = from(link) + third(second, alias);
        JoinedColumns columns = columns(
                link,
                ask.random().pickSome(ask.columns(link.child()), 1),
                ask.random().pickSome(callingColumns(ask, link.parent()), 1));
        boolean showsThird = ask.random().chance(0.6);
        if (showsThird) {
            columns.add(ask.random().pickSome(callingColumns(ask, third), 1), "T3.", third);
        }
        boolean bare = showsThird && ask.random().chance(0.4);
        if (bare) {
            Map<String, String> slots = nouns(ask, link);
            slots.put("columns", ask.spoken(columns.spoken()));
            return ask.question("join", slots, "SELECT " + columns.select() + from);
        }
        InventedLink toThird = new InventedLink(link.child(), second.childColumn(), third, second.parentColumn());
        return restricted(link, ofParent(toThird, "T3."), columns, from);
    }
}
