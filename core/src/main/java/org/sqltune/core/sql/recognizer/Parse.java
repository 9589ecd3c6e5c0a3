package org.sqltune.core.sql.recognizer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.SchemaNames;

/** A place between two terminals: the grammar's stack and the names. Never changes; what it found out is kept with it. */
final class Parse {
    private final SchemaNames names;
    private final Frame top;
    private final Scope scope;
    private final int hash;
    private final Map<Terminal, Optional<Parse>> next = new HashMap<>();
    private final Map<Frame, Parse> same = new HashMap<>(4);
    private final Map<Context, Set<String>> columns = new HashMap<>(4);
    private final Map<Context, Set<String>> qualifiers = new HashMap<>(4);
    private @Nullable Expectation expectation;
    private @Nullable String ending;

    Parse(SchemaNames names, Frame top, Scope scope) {
        this.names = names;
        this.top = top;
        this.scope = scope;
        this.hash = 31 * top.hashCode() + scope.hashCode();
    }

    /** The same place, without what was found out from it. */
    Parse forgetful() {
        return new Parse(names, top, scope);
    }

    SchemaNames names() {
        return names;
    }

    NameRules rules() {
        return new NameRules(names);
    }

    Scope scope() {
        return scope;
    }

    /** With the same names; the same place each time, so that what it found out is kept. */
    Parse with(Frame frame) {
        return same.computeIfAbsent(frame, each -> new Parse(names, each, scope));
    }

    Parse with(Frame frame, Scope other) {
        return other == scope ? with(frame) : new Parse(names, frame, other);
    }

    /** The names that can stand without qualifier. */
    Set<String> columns(Context context) {
        return columns.computeIfAbsent(context, each -> rules().columns(scope, each));
    }

    /** The names that can stand before a dot. */
    Set<String> qualifiers(Context context) {
        return qualifiers.computeIfAbsent(context, each -> rules().qualifiers(scope, each));
    }

    /** Adds what may come here to what may come elsewhere. */
    void expect(Expectation more) {
        top.expect(this, more);
    }

    Expectation expectation() {
        Expectation found = expectation;
        if (found == null) {
            found = new Expectation(names);
            expect(found);
            found.done();
            expectation = found;
        }
        return found;
    }

    /** Where a terminal leads to; null if it can't come here. */
    @Nullable
    Parse after(Terminal terminal) {
        Optional<Parse> known = next.get(terminal);
        if (known == null) {
            known = Optional.ofNullable(top.after(this, terminal));
            next.put(terminal, known);
        }
        return known.orElse(null);
    }

    /** A short text that ends the query from here. */
    String ending() {
        String found = ending;
        if (found == null) {
            Expectation here = expectation();
            Expectation.Preference preferred = here.preference();
            if (here.mayEnd()) {
                found = "";
            } else if (preferred == null) {
                throw new IllegalStateException("nothing leads to an end from " + this);
            } else {
                Parse after = after(preferred.terminal());
                if (after == null) {
                    throw new IllegalStateException(preferred + " can't come at " + this);
                }
                found = joined(preferred.spelling(), after.ending());
            }
            ending = found;
        }
        return found;
    }

    /** Two texts with a space between them where they would become one token else. */
    static String joined(String first, String second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first + second;
        }
        char last = first.charAt(first.length() - 1);
        char next = second.charAt(0);
        boolean words = isWordPart(last) && isWordPart(next);
        boolean quotes = last == next && "\"'`".indexOf(last) >= 0;
        boolean readable = isWordPart(next) && (last == ')' || last == '\'' || last == '"' || last == ',');
        return words || quotes || readable ? first + " " + second : first + second;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Parse parse
                        && hash == parse.hash
                        && names == parse.names
                        && top.equals(parse.top)
                        && scope.equals(parse.scope));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return top + " in " + scope;
    }
}
