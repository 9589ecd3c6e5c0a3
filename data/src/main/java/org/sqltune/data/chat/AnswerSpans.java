package org.sqltune.data.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.data.chat.jinja.JinjaTemplate.Span;

/**
 * Finds answers in the output of templates that don't mark them. It renders the conversation twice with only one
 * answer changed; the answer is where the outputs differ. Its span begins at the end of its turn's prompt, if the
 * template writes that prompt before the answer, and includes the text that the template writes after a last answer.
 */
final class AnswerSpans {
    /** Two texts without a common prefix or suffix, which templates neither trim nor split. */
    private static final List<String> PROBES = List.of("Q7x", "z0K");

    private final Function<List<ChatMessage>, String> text;
    private final Function<List<ChatMessage>, String> prompt;

    /**
     * @param text renders messages
     * @param prompt renders messages with the generation prompt
     */
    AnswerSpans(Function<List<ChatMessage>, String> text, Function<List<ChatMessage>, String> prompt) {
        this.text = text;
        this.prompt = prompt;
    }

    /**
     * @param answers indices of the answers to find
     * @param whole the rendering of all messages
     * @return the spans of the answers that the text contains, in order
     */
    List<Span> find(List<ChatMessage> messages, List<Integer> answers, String whole) {
        List<Span> spans = new ArrayList<>();
        int last = 0;
        for (int index : answers) {
            Span span = find(messages, index, whole, last);
            if (span.end() > span.start()) {
                spans.add(span);
                last = span.end();
            }
        }
        return spans;
    }

    private Span find(List<ChatMessage> messages, int index, String whole, int last) {
        // The text before and after an answer doesn't depend on the answer.
        String first = text.apply(with(messages, index, PROBES.get(0)));
        String second = text.apply(with(messages, index, PROBES.get(1)));
        int before = commonPrefix(first, second);
        int behind = commonSuffix(first, second, before);
        if (before == first.length()
                || behind > whole.length() - before
                || !whole.startsWith(first.substring(0, before))) {
            return new Span(0, 0);
        }
        int end = whole.length() - behind;
        if (end <= before) {
            return new Span(0, 0);
        }
        return new Span(start(messages, index, whole, before, last), end(messages, index, whole, end));
    }

    private int start(List<ChatMessage> messages, int index, String whole, int content, int last) {
        if (index == 0) {
            return content;
        }
        String asked = prompt.apply(messages.subList(0, index));
        return asked.length() >= last && asked.length() <= content && whole.startsWith(asked)
                ? asked.length()
                : content;
    }

    /** Returns the index after the end of the turn. */
    private int end(List<ChatMessage> messages, int index, String whole, int content) {
        if (index == messages.size() - 1) {
            return whole.length();
        }
        List<ChatMessage> until = with(messages.subList(0, index + 1), index, PROBES.get(0));
        String turn = text.apply(until);
        String tail =
                turn.substring(turn.lastIndexOf(PROBES.get(0)) + PROBES.get(0).length());
        String rest = whole.substring(content);
        if (rest.startsWith(tail)) {
            return content + tail.length();
        }
        int common = commonPrefix(tail, rest);
        // Different special tokens may begin alike: the common part must end after a complete token.
        while (common > 0 && !endsToken(tail.charAt(common - 1))) {
            common--;
        }
        return content + common;
    }

    private static boolean endsToken(char c) {
        return c == '>' || c == ']' || Character.isWhitespace(c);
    }

    private static List<ChatMessage> with(List<ChatMessage> messages, int index, String content) {
        List<ChatMessage> changed = new ArrayList<>(messages);
        changed.set(index, new ChatMessage(messages.get(index).role(), content));
        return changed;
    }

    private static int commonPrefix(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int i = 0;
        while (i < length && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    private static int commonSuffix(String a, String b, int before) {
        int length = Math.min(a.length(), b.length()) - before;
        int i = 0;
        while (i < length && a.charAt(a.length() - 1 - i) == b.charAt(b.length() - 1 - i)) {
            i++;
        }
        return i;
    }
}
