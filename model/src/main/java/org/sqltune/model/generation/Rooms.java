package org.sqltune.model.generation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.decoder.PagedText;

/** Pages that are held for texts which branch off a prompt later, so that no other text takes them. */
final class Rooms {
    private final KvPool pool;
    private final Deque<PagedText> rooms = new ArrayDeque<>();

    private Rooms(KvPool pool) {
        this.pool = pool;
    }

    /**
     * Takes the pages.
     *
     * @param count texts
     * @param tokens of each
     * @return empty if the pool hasn't enough of them
     */
    static Optional<Rooms> of(KvPool pool, int count, int tokens) {
        Rooms rooms = new Rooms(pool);
        for (int i = 0; i < count; i++) {
            if (!rooms.add(tokens)) {
                rooms.close();
                return Optional.empty();
            }
        }
        return Optional.of(rooms);
    }

    private boolean add(int tokens) {
        PagedText room = pool.newText();
        rooms.add(room);
        return room.reserve(tokens);
    }

    /** Gives one text's pages back, for that text to take. */
    void leave() {
        if (!rooms.isEmpty()) {
            rooms.remove().close();
        }
    }

    /** Holds pages for this many texts from now on; what is needed for that was just given back. */
    void hold(int count, int tokens) {
        while (rooms.size() < count) {
            if (!add(tokens)) {
                throw new IllegalStateException("no free pages for a text of " + tokens + " tokens");
            }
        }
    }

    void close() {
        rooms.forEach(PagedText::close);
        rooms.clear();
    }
}
