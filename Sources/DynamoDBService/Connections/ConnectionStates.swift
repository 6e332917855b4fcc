internal import NIOCore
internal import NIOHTTP1

/// What ``ConnectionStateMachine`` is made of: what comes, where it stands, what it says.
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
        /// Has the request answered; ``answered(_:now:)`` follows.
        case answer(HTTPRequest, Dispatcher.Admission)
        /// Writes a response; ``writeCompleted(now:)`` follows.
        case write(HTTPResponse, HTTPResponse.Persistence)
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
        case awaitingRequestMemory(Incoming)
        case receiving(Incoming)
        /// The answer does not depend on the body, which is thrown away, so that the client reads the answer instead of
        /// failing to send; but not without end. The number counts bytes.
        case discarding(HTTPResponse, HTTPRequestHead, Int)
        /// The request is whole; it has to wait for memory for its answer.
        case awaitingResponseMemory(HTTPRequest, Dispatcher.Admission)
        case answering(HTTPRequestHead)
        /// The answer is being sent; after the last one the connection ends.
        case writing(isLast: Bool)
        /// The last answer has been sent; the client may close the connection.
        case lingering
        /// The connection was closed during ``answering(_:)``: the memory is still in use.
        case abandoned
        case closed
    }

    /// A request whose body is still to come.
    struct Incoming {
        let head: HTTPRequestHead
        let admission: Dispatcher.Admission
        /// The length of the body; nil if the client has not told it before.
        let length: Int?
        /// The bytes that are reserved for it.
        let memory: Int
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
