internal import NIOCore
internal import NIOHTTP1

/// What ``ConnectionStateMachine`` is made of: what comes, where it stands, what it says.
///
/// Where it stands and what it says are marks alone. What they are about is one request, which lies in one place of the
/// machine: each request goes through ten of them, and copies would cost more than all else that the machine does.
extension ConnectionStateMachine {
    /// What is to be done.
    enum Action {
        /// Takes bytes; ``memoryGranted(now:)`` follows, at once or later.
        case reserve(Int, Share)
        /// Gives the place in the queue for bytes up.
        case cancelReservation
        case giveBack(Int, Share)
        /// Takes bytes that are in use already.
        case takeAnyhow(Int, Share)
        case sendContinue
        /// Has the request of ``takeRequest()`` answered; ``answered(_:now:)`` follows.
        case answer
        /// Writes the response of ``takeResponse()``; ``writeCompleted(now:)`` follows.
        case write(HTTPResponse.Persistence)
        case read
        /// Closes the connection for what goes out.
        case closeOutput
        case close
    }

    /// Whose bytes.
    enum Share: Hashable {
        case requests
        case responses
    }

    /// Where a connection stands.
    enum Phase {
        /// Between requests.
        case idle
        /// The head is in order; the body has to wait for memory.
        case awaitingRequestMemory
        case receiving
        /// The answer does not depend on the body, which is thrown away, so that the client reads the answer instead of
        /// failing to send; but not without end.
        case discarding
        /// The request is whole; it has to wait for memory for its answer.
        case awaitingResponseMemory
        case answering
        /// The answer is being sent; after the last one the connection ends.
        case writing(isLast: Bool)
        /// The last answer has been sent; the client may close the connection.
        case lingering
        /// The connection was closed during ``answering``: the memory is still in use.
        case abandoned
        case closed
    }

    /// The request in hand.
    struct InHand {
        let head: HTTPRequestHead
        /// Nil for a request that is refused by its head.
        let admission: Dispatcher.Admission?
        /// The length of the body; nil if the client has not told it before.
        let length: Int?
        /// What has come of the body: here, and nowhere else, so that it is appended to in place.
        var body = ByteBuffer()
        /// Bytes of the body that were thrown away.
        var discarded = 0
    }

    /// What comes from the client.
    enum Input {
        case part(HTTPServerRequestPart)
        /// What follows is not HTTP.
        case malformed
        /// More follows than is kept.
        case overrun
    }
}
