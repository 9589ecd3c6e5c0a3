package org.sqltune.model.hub;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.sqltune.model.hub.client.FakeHub;

/** What a {@link FakeHub} does instead of answering properly. */
public sealed interface Fault {
    /** Answers with a status and headers alone. */
    record Status(int code, Map<String, String> headers) implements Fault {}

    /** Drops the connection after some bytes of the body. */
    record Cut(int afterBytes) implements Fault {}

    /** Sends nothing more after some bytes of the body, and keeps the connection. */
    record Silence(int afterBytes) implements Fault {}

    /** Sends everything, but only once somebody opened the gate. */
    record Hold(CountDownLatch gate) implements Fault {}

    /** Sends every byte inverted. */
    record WrongBytes() implements Fault {}

    /** Sends everything although a part was asked for. */
    record WholeFile() implements Fault {}

    /** Sends a part that begins elsewhere than asked. */
    record OtherPart() implements Fault {}
}
