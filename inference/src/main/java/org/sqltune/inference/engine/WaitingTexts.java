package org.sqltune.inference.engine;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** Requests that the engine hasn't begun, the most urgent first, and of those the first. Used under the engine's lock. */
final class WaitingTexts {
    private final EngineLimits limits;
    private final PriorityQueue<ActiveText> texts = new PriorityQueue<>(
            Comparator.comparingInt((ActiveText each) -> each.request().priority())
                    .reversed()
                    .thenComparingLong(ActiveText::order));
    private long tokens;

    WaitingTexts(EngineLimits limits) {
        this.limits = limits;
    }

    /** @throws QueueFullException if there is no room for a prompt of so many tokens */
    void requireRoom(int promptTokens) {
        boolean full = texts.size() >= limits.waitingRequests()
                || !texts.isEmpty() && tokens + promptTokens > limits.waitingTokens();
        if (full) {
            throw new QueueFullException(texts.size(), tokens, limits);
        }
    }

    void add(ActiveText text) {
        texts.add(text);
        tokens += text.promptTokens();
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    int size() {
        return texts.size();
    }

    boolean anyMatch(Predicate<ActiveText> condition) {
        return texts.stream().anyMatch(condition);
    }

    /** Takes the one whose turn it is; there must be one. */
    ActiveText next() {
        ActiveText next = texts.remove();
        tokens -= next.promptTokens();
        return next;
    }

    /** Takes those that were cancelled, or whose deadline has passed. */
    List<ActiveText> takeEnded(long now) {
        List<ActiveText> ended = texts.stream()
                .filter(each -> each.expire(now) || each.cancelled())
                .toList();
        ended.forEach(each -> {
            texts.remove(each);
            tokens -= each.promptTokens();
        });
        return ended;
    }

    /** Takes all. */
    List<ActiveText> takeAll() {
        List<ActiveText> all = List.copyOf(texts);
        texts.clear();
        tokens = 0;
        return all;
    }
}
