internal import NIOCore
internal import NIOHTTP1

/// Makes whole requests of the parts that the decoder finds.
struct RequestAssembly {
    /// AWS's limit of one request.
    static let bodyLimit = 16 << 20
    /// Bytes of a request beyond the limit that are read and thrown away.
    static let discardLimit = 64 << 20

    /// What a part leads to.
    enum Event {
        /// More parts have to come.
        case none
        /// The client waits to be told to send the body.
        case expectsContinue
        case request(HTTPRequest)
        /// The request is too large; all of it, or as much as can be expected, has been read.
        case tooLarge
    }

    private enum State {
        case idle
        case receiving(HTTPRequestHead, ByteBuffer)
        /// The request is too large. Its rest is thrown away, so that the client reads the answer instead of failing to
        /// send; but not without end.
        case discarding(Int)
    }

    private var state = State.idle

    /// Whether no request has been received in part.
    var isIdle: Bool { if case .idle = state { true } else { false } }

    mutating func add(_ part: HTTPServerRequestPart) -> Event {
        switch (part, state) {
        case (.head(let head), _):
            let expectsContinue = head.headers.first(name: "expect")?.lowercased() == "100-continue"
            guard head.announcedLength <= RequestAssembly.bodyLimit else {
                state = .discarding(0)
                return expectsContinue ? .tooLarge : .none
            }
            state = .receiving(head, ByteBuffer())
            return expectsContinue ? .expectsContinue : .none
        case (.body(var part), .receiving(let head, var body)):
            // Sole owner of the buffer, so that it is appended to in place.
            state = .idle
            if body.readableBytes == 0 {
                // Most bodies come in one part, which is used where it lies.
                body = part
                if part.readableBytes < head.announcedLength { body.reserveCapacity(head.announcedLength) }
            } else {
                body.writeBuffer(&part)
            }
            state =
                body.readableBytes <= RequestAssembly.bodyLimit
                ? .receiving(head, body) : .discarding(body.readableBytes)
            return .none
        case (.body(let part), .discarding(let count)):
            state = .discarding(count + part.readableBytes)
            return count > RequestAssembly.discardLimit ? .tooLarge : .none
        case (.end, .receiving(let head, let body)):
            state = .idle
            return .request(HTTPRequest(head: head, body: body))
        case (.end, .discarding):
            state = .idle
            return .tooLarge
        case (.body, .idle), (.end, .idle):
            return .none
        }
    }
}

extension HTTPRequestHead {
    /// The length of the body, where the client tells it before.
    fileprivate var announcedLength: Int {
        headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    }
}
