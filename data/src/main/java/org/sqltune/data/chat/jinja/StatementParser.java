package org.sqltune.data.chat.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.Statement.Flow;
import org.sqltune.data.chat.jinja.Token.Kind;
import org.sqltune.data.chat.jinja.value.Arguments;
import org.sqltune.data.chat.jinja.value.JinjaException;
import org.sqltune.data.chat.jinja.value.Namespace;
import org.sqltune.data.chat.jinja.value.Values;

/** Parses the statements of a template. */
final class StatementParser {
    private final TokenStream in;
    private final ExpressionParser expressions;
    private boolean generation;

    StatementParser(List<Token> tokens) {
        in = new TokenStream(tokens);
        expressions = new ExpressionParser(in);
    }

    /** Parses the whole template. */
    Statement template() {
        Statement body = body(Set.of());
        if (!in.isKind(Kind.END)) {
            throw in.current().fault("the end of the template");
        }
        return body;
    }

    boolean hasGeneration() {
        return generation;
    }

    /** Parses statements up to a block with one of these names, which becomes the current token. */
    private Statement body(Set<String> ends) {
        List<Statement> parts = new ArrayList<>();
        while (true) {
            Token token = in.current();
            switch (token.kind()) {
                case DATA -> {
                    in.take();
                    parts.add(written(token.text()));
                }
                case PRINT_BEGIN -> parts.add(printed());
                case BLOCK_BEGIN -> {
                    if (in.ahead().kind() == Kind.NAME
                            && ends.contains(in.ahead().text())) {
                        in.take();
                        return sequence(parts);
                    }
                    in.take();
                    parts.add(statement());
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw token.fault(String.join(" or ", ends));
                    }
                    return sequence(parts);
                }
            }
        }
    }

    private static Statement written(String text) {
        return (scope, out) -> {
            out.write(text);
            return Flow.NEXT;
        };
    }

    private Statement printed() {
        in.take();
        Expression value = expressions.tuple(true);
        in.expect(Kind.PRINT_END, "}}");
        return (scope, out) -> {
            scope.rendering().step();
            out.write(Values.text(value.evaluate(scope)));
            return Flow.NEXT;
        };
    }

    private static Statement sequence(List<Statement> parts) {
        List<Statement> all = List.copyOf(parts);
        return (scope, out) -> {
            for (Statement part : all) {
                Flow flow = part.render(scope, out);
                if (flow != Flow.NEXT) {
                    return flow;
                }
            }
            return Flow.NEXT;
        };
    }

    private Statement statement() {
        Token token = in.current();
        String name = in.expectName();
        return switch (name) {
            case "if" -> conditional();
            case "for" -> loop();
            case "set" -> assignment();
            case "macro" -> macro();
            case "call" -> call();
            case "filter" -> filterBlock();
            case "with" -> with();
            case "generation" -> generated();
            case "break" -> flow(Flow.BREAK);
            case "continue" -> flow(Flow.CONTINUE);
            default -> throw token.fault("a statement: if, for, set, macro, call, filter, with, generation");
        };
    }

    private void endBlock() {
        in.expect(Kind.BLOCK_END, "%}");
    }

    private void endBlock(String name) {
        if (!in.takeName(name)) {
            throw in.current().fault(name);
        }
        // endmacro and endblock may repeat a name.
        if (in.isKind(Kind.NAME)) {
            in.take();
        }
        endBlock();
    }

    private Statement flow(Flow flow) {
        endBlock();
        return (scope, out) -> flow;
    }

    private Statement conditional() {
        Expression condition = expressions.tuple(true);
        endBlock();
        Statement then = body(Set.of("elif", "else", "endif"));
        Statement otherwise;
        if (in.takeName("elif")) {
            otherwise = conditional();
        } else if (in.takeName("else")) {
            endBlock();
            otherwise = body(Set.of("endif"));
            endBlock("endif");
        } else {
            otherwise = sequence(List.of());
            endBlock("endif");
        }
        return (scope, out) -> (Values.isTrue(condition.evaluate(scope)) ? then : otherwise).render(scope, out);
    }

    private Statement loop() {
        List<String> names = targets();
        if (!in.takeName("in")) {
            throw in.current().fault("in");
        }
        Expression items = expressions.tuple(false);
        Expression condition = in.takeName("if") ? expressions.expression() : null;
        boolean recursive = in.takeName("recursive");
        endBlock();
        Statement body = body(Set.of("endfor", "else"));
        Statement otherwise = null;
        if (in.takeName("else")) {
            endBlock();
            otherwise = body(Set.of("endfor"));
        }
        endBlock("endfor");
        return new Loop(names, items, condition, recursive, body, otherwise);
    }

    /** Parses names separated by commas, with or without parentheses. */
    private List<String> targets() {
        boolean enclosed = in.takeOperator("(");
        List<String> names = new ArrayList<>();
        names.add(in.expectName());
        while (in.takeOperator(",")) {
            names.add(in.expectName());
        }
        if (enclosed) {
            in.expectOperator(")");
        }
        return names;
    }

    private Statement assignment() {
        if (in.isKind(Kind.NAME) && in.ahead().isOperator(".")) {
            return namespaceAssignment();
        }
        List<String> names = targets();
        if (in.takeOperator("=")) {
            Expression value = expressions.tuple(true);
            endBlock();
            return (scope, out) -> {
                scope.rendering().step();
                Loop.assign(scope, names, value.evaluate(scope));
                return Flow.NEXT;
            };
        }
        Expression filter = captured();
        while (in.takeOperator("|")) {
            filter = expressions.postfixes().filter(filter);
        }
        Expression value = filter;
        endBlock();
        Statement body = body(Set.of("endset"));
        endBlock("endset");
        return (scope, out) -> {
            Output own = new Output();
            Scope inner = scope.inner();
            body.render(inner, own);
            inner.set(CAPTURED, own.text());
            scope.set(names.get(0), value.evaluate(inner));
            return Flow.NEXT;
        };
    }

    /** The internal name of a block's output, for the filters after it; templates can't use it. */
    private static final String CAPTURED = " captured";

    private static Expression captured() {
        return scope -> scope.get(CAPTURED);
    }

    private Statement namespaceAssignment() {
        String name = in.expectName();
        in.take();
        String key = in.expectName();
        in.expectOperator("=");
        Expression value = expressions.tuple(true);
        endBlock();
        return (scope, out) -> {
            scope.rendering().step();
            if (!(scope.get(name) instanceof Namespace namespace)) {
                throw new JinjaException(name + " is no namespace: its " + key + " can't be set");
            }
            namespace.put(key, value.evaluate(scope));
            return Flow.NEXT;
        };
    }

    private Statement macro() {
        String name = in.expectName();
        Map<String, @Nullable Expression> parameters = parameters();
        endBlock();
        Statement body = body(Set.of("endmacro"));
        endBlock("endmacro");
        return (scope, out) -> {
            scope.set(name, new Macro(name, parameters, body, scope));
            return Flow.NEXT;
        };
    }

    private Map<String, @Nullable Expression> parameters() {
        Map<String, @Nullable Expression> parameters = new LinkedHashMap<>();
        in.expectOperator("(");
        while (!in.takeOperator(")")) {
            String name = in.expectName();
            parameters.put(name, in.takeOperator("=") ? expressions.expression() : null);
            if (!in.current().isOperator(")")) {
                in.expectOperator(",");
            }
        }
        return parameters;
    }

    /** Parses a call block, whose body becomes the macro's {@code caller()}. */
    private Statement call() {
        Map<String, @Nullable Expression> parameters =
                in.current().isOperator("(") ? parameters() : new LinkedHashMap<>();
        String name = in.expectName();
        CallArguments arguments = expressions.postfixes().arguments();
        endBlock();
        Statement body = body(Set.of("endcall"));
        endBlock("endcall");
        return (scope, out) -> {
            if (!(scope.get(name) instanceof Macro macro)) {
                throw new JinjaException(name + " is no macro");
            }
            Arguments given = arguments.evaluate(scope);
            Map<String, @Nullable Object> named = new LinkedHashMap<>(given.named());
            named.put("caller", new Macro("caller", parameters, body, scope));
            out.write(Values.text(macro.call(new Arguments(given.positional(), named))));
            return Flow.NEXT;
        };
    }

    private Statement filterBlock() {
        Expression value = expressions.postfixes().filter(captured());
        while (in.takeOperator("|")) {
            value = expressions.postfixes().filter(value);
        }
        Expression filtered = value;
        endBlock();
        Statement body = body(Set.of("endfilter"));
        endBlock("endfilter");
        return (scope, out) -> {
            Output own = new Output();
            Scope inner = scope.inner();
            body.render(inner, own);
            inner.set(CAPTURED, own.text());
            out.write(Values.text(filtered.evaluate(inner)));
            return Flow.NEXT;
        };
    }

    private Statement with() {
        Map<String, Expression> values = new LinkedHashMap<>();
        while (!in.isKind(Kind.BLOCK_END)) {
            String name = in.expectName();
            in.expectOperator("=");
            values.put(name, expressions.expression());
            in.takeOperator(",");
        }
        endBlock();
        Statement body = body(Set.of("endwith"));
        endBlock("endwith");
        return (scope, out) -> {
            Scope inner = scope.inner();
            values.forEach((name, value) -> inner.set(name, value.evaluate(scope)));
            return body.render(inner, out);
        };
    }

    private Statement generated() {
        endBlock();
        generation = true;
        Statement body = body(Set.of("endgeneration"));
        endBlock("endgeneration");
        return (scope, out) -> {
            int start = out.length();
            Flow flow = body.render(scope.inner(), out);
            out.generated(start);
            return flow;
        };
    }
}
