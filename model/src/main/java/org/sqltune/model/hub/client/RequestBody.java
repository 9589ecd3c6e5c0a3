package org.sqltune.model.hub.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;

/** What a request carries. For one request at a time. */
public interface RequestBody {
    /** Nothing. */
    RequestBody NONE = BodyPublishers::noBody;

    /** The body from its beginning, made anew for every attempt. */
    BodyPublisher publisher();

    /** Bytes read so far, over all attempts: a connection that takes no more of them is given up. */
    default long sent() {
        return 0;
    }

    /**
     * Called when an attempt failed, before the next one.
     *
     * @throws org.sqltune.core.SqlTuneException if the body itself is to blame, so that no further attempt helps
     */
    default void requireUsable() {}

    /** A body of bytes. */
    static RequestBody of(byte[] bytes) {
        return () -> BodyPublishers.ofByteArray(bytes);
    }
}
