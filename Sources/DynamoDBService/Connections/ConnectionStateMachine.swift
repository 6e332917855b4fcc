internal import NIOCore
internal import NIOHTTP1

/// What one connection does next: told what happens, it says what is to be done. It does nothing itself, and knows the
/// time only from what it is told.
///
/// Requests are taken one after the other: what comes while one is in hand waits in ``stash``, which is never more than
/// one read, since reading is held back meanwhile. A body is taken only when its head is in order and memory for all of it
/// is reserved.
struct ConnectionStateMachine {
    /// Bytes of a body that nobody wants, beyond which it is read no more.
    static let discardLimit = 64 << 20
    /// Parts that wait until the request in hand is answered.
    static let stashLimit = 256
    /// Bytes that a response takes beside its body.
    static let headBytes = 512

    private let limits: ServerLimits
    private let judge: (HTTPRequestHead) -> Dispatcher.Judgement
    private var phase = Phase.idle
    /// When ``deadlinePassed(now:)`` has to be told.
    private(set) var deadline: NIODeadline?
    private var inHand: InHand?
    /// What answers it, until it is taken.
    private var response: HTTPResponse?
    /// What is going to answer it when its body has been thrown away.
    private var refusal = HTTPResponse.empty
    private var stash = CircularBuffer<Input>(initialCapacity: 4)
    private var actions = CircularBuffer<Action>(initialCapacity: 4)
    /// Bytes that the connection waits for.
    private var askedBytes = 0
    /// Bytes taken for the request in hand, and for its answer until it is sent.
    private var requestBytes = 0
    private var responseBytes = 0

    private var isDraining = false
    /// The client sends no more.
    private var isInputClosed = false
    /// The channel wants to read, and has to wait.
    private var isReadHeld = false
    /// A part has come since the last read was complete.
    private var hasTakenPart = false
    private var hasPartOfHead = false
    /// The head of a request has come as a whole.
    private var hasAsked = false

    init(limits: ServerLimits, now: NIODeadline, judge: @escaping (HTTPRequestHead) -> Dispatcher.Judgement) {
        self.limits = limits
        self.judge = judge
        deadline = now + limits.transfer
    }

    /// What is to be done next; nil when all is done.
    mutating func nextAction() -> Action? { actions.popFirst() }

    /// What is to be answered.
    mutating func takeRequest() -> (HTTPRequest, Dispatcher.Admission) {
        guard let head = inHand?.head, let admission = inHand?.admission else {
            preconditionFailure("no request is whole")
        }
        defer { inHand?.body = ByteBuffer() }
        return (HTTPRequest(head: head, body: inHand?.body ?? ByteBuffer()), admission)
    }

    /// What is to be written.
    mutating func takeResponse() -> HTTPResponse {
        guard let response = response.take() else { preconditionFailure("no response is ready") }
        return response
    }

    /// Whether the client has nothing in hand here. A head that does not become whole is nothing, if it is the first: else
    /// who only ever begins one would keep a place as one who is served.
    var isIdle: Bool {
        guard case .idle = phase else { return false }
        return stash.isEmpty && !(hasPartOfHead && hasAsked)
    }

    var isClosed: Bool {
        if case .closed = phase { true } else { false }
    }
}

// MARK: - What happens

extension ConnectionStateMachine {
    mutating func received(_ part: HTTPServerRequestPart, now: NIODeadline) {
        hasTakenPart = true
        enter(.part(part), now)
    }

    /// What came is not HTTP.
    mutating func receivedNonsense(now: NIODeadline) {
        enter(.malformed, now)
    }

    private mutating func enter(_ input: Input, _ now: NIODeadline) {
        switch phase {
        case .writing(isLast: true), .lingering, .abandoned, .closed: break
        case _ where isTaking && stash.isEmpty:
            take(input, now)
            goOn(now)
        default:
            guard stash.count < Self.stashLimit else {
                // One read can hold thousands of small requests; nobody's SDK sends even two.
                if case .overrun = stash.last {} else { stash.append(.overrun) }
                return
            }
            stash.append(input)
            goOn(now)
        }
    }

    /// All that a read gave has been told.
    mutating func readCompleted(now: NIODeadline) {
        defer { hasTakenPart = false }
        guard case .idle = phase, !hasTakenPart, !hasPartOfHead else { return }
        // What came is the beginning of a head.
        hasPartOfHead = true
        deadline = min(deadline ?? .distantFuture, now + limits.transfer)
    }

    mutating func readRequested() {
        if isReading { actions.append(.read) } else { isReadHeld = true }
    }

    mutating func inputClosed(now: NIODeadline) {
        isInputClosed = true
        if case .lingering = phase { close() } else { goOn(now) }
    }

    /// The server stops: a request that has begun to come is still answered.
    mutating func drain(now: NIODeadline) {
        isDraining = true
        goOn(now)
    }

    /// Others need the connection: one that is idle makes room.
    mutating func makeRoom() {
        if isIdle { close() }
    }

    /// The reserved bytes are there.
    mutating func memoryGranted(now: NIODeadline) {
        switch phase {
        case .awaitingRequestMemory:
            requestBytes = askedBytes
            // The client could not send meanwhile: its time begins now.
            deadline = now + limits.transfer + limits.time(for: requestBytes)
            phase = .receiving
            if stash.isEmpty, inHand?.head.expectsContinue == true { actions.append(.sendContinue) }
            goOn(now)
        case .awaitingResponseMemory:
            responseBytes = askedBytes
            deadline = nil
            phase = .answering
            actions.append(.answer)
        default: preconditionFailure("no memory was asked for")
        }
    }

    mutating func answered(_ response: HTTPResponse, now: NIODeadline) {
        switch phase {
        case .answering:
            giveRequestBack()
            write(response, now)
        case .abandoned:
            giveRequestBack()
            giveResponseBack()
            phase = .closed
        default: preconditionFailure("nothing was to be answered")
        }
    }

    /// The response has been handed to the system.
    mutating func writeCompleted(now: NIODeadline) {
        guard case .writing(let isLast) = phase else { return }
        giveResponseBack()
        if isLast {
            endSending(now)
        } else {
            phase = .idle
            deadline = now + limits.idle
            goOn(now)
        }
    }

    mutating func deadlinePassed(now: NIODeadline) {
        guard let deadline = deadline, deadline <= now else { return }
        switch phase {
        case .awaitingRequestMemory:
            actions.append(.cancelReservation)
            refuse(.busy, now)
            goOn(now)
        case .awaitingResponseMemory:
            actions.append(.cancelReservation)
            giveRequestBack()
            write(.busy, now)
        default: close()
        }
    }

    /// The connection is closed, by whomever.
    mutating func becameInactive() {
        close()
    }
}

// MARK: - What is done

extension ConnectionStateMachine {
    /// Whether more may be read: a client that sends without waiting for answers is held back.
    private var isReading: Bool {
        switch phase {
        case .awaitingRequestMemory, .awaitingResponseMemory, .abandoned, .closed: false
        case .writing(isLast: true), .lingering: true
        case .idle, .receiving, .discarding, .answering, .writing(isLast: false): stash.isEmpty
        }
    }

    /// Takes from the stash what can be taken now, and ends the connection if nothing can come any more.
    private mutating func goOn(_ now: NIODeadline) {
        while isTaking, let input = stash.popFirst() { take(input, now) }
        switch phase {
        case .idle where isInputClosed || isDraining: close()
        case .receiving where isInputClosed, .discarding where isInputClosed: close()
        default: break
        }
        releaseRead()
    }

    private mutating func releaseRead() {
        guard isReadHeld, isReading else { return }
        isReadHeld = false
        actions.append(.read)
    }

    private var isTaking: Bool {
        switch phase {
        case .idle, .receiving, .discarding: true
        default: false
        }
    }

    private mutating func take(_ input: Input, _ now: NIODeadline) {
        switch (input, phase) {
        case (.malformed, _):
            giveRequestBack()
            writeLast(.malformed, now)
        case (.overrun, _):
            giveRequestBack()
            writeLast(.busy, now)
        case (.part(.head(let head)), .idle):
            begin(head, now)
        case (.part(.body(let part)), .receiving):
            receive(part)
        case (.part(.body(let part)), .discarding):
            let count = inHand?.discarded ?? 0
            inHand?.discarded = count + part.readableBytes
            if count > Self.discardLimit { writeLast(refusal, now) }
        case (.part(.end), .receiving):
            guard let admission = inHand?.admission else { preconditionFailure("no request is in hand") }
            if let inHand, inHand.length == nil {
                let rest = requestBytes - inHand.head.memory(ofBody: inHand.body.readableBytes)
                if rest > 0 { actions.append(.giveBack(rest, .requests)) }
                requestBytes -= max(rest, 0)
            }
            phase = .awaitingResponseMemory
            deadline = now + limits.patience
            askedBytes = admission.operation.traits.responseBytes
            actions.append(.reserve(askedBytes, .responses))
        case (.part(.end), .discarding):
            write(refusal, now)
        // The decoder does not do this.
        case (.part(.head), _), (.part(.body), _), (.part(.end), _): break
        }
    }

    private mutating func begin(_ head: HTTPRequestHead, _ now: NIODeadline) {
        hasPartOfHead = false
        hasAsked = true
        let length = head.announcedLength
        guard length ?? 0 <= HTTPRequest.bodyLimit else {
            inHand = InHand(head: head, admission: nil, length: length)
            return refuse(.tooLarge, now)
        }
        switch judge(head) {
        case .answered(let response):
            inHand = InHand(head: head, admission: nil, length: length)
            refuse(response, now)
        case .admitted(let admission):
            inHand = InHand(head: head, admission: admission, length: length)
            phase = .awaitingRequestMemory
            deadline = now + limits.patience
            askedBytes = head.memory(ofBody: length ?? HTTPRequest.bodyLimit)
            actions.append(.reserve(askedBytes, .requests))
        }
    }

    private mutating func receive(_ part: ByteBuffer) {
        if inHand?.body.readableBytes == 0 {
            // Most bodies come in one part, which is used where it lies.
            inHand?.body = part
            if let length = inHand?.length, part.readableBytes < length { inHand?.body.reserveCapacity(length) }
        } else {
            inHand?.body.writeImmutableBuffer(part)
        }
        guard let count = inHand?.body.readableBytes, count > HTTPRequest.bodyLimit else { return }
        inHand?.discarded = count
        refusal = .tooLarge
        phase = .discarding
        giveRequestBack()
    }

    /// Answers the request in hand without its body.
    private mutating func refuse(_ response: HTTPResponse, _ now: NIODeadline) {
        // Who waits to be told to send the body does not send it; so nothing can follow.
        if inHand?.head.expectsContinue == true { return writeLast(response, now) }
        deadline = now + limits.transfer + limits.time(for: inHand?.length ?? 0)
        refusal = response
        phase = .discarding
    }

    /// Answers the request in hand.
    private mutating func write(_ response: HTTPResponse, _ now: NIODeadline) {
        let head = inHand?.head
        let isLast = isDraining || (isInputClosed && stash.isEmpty) || head?.isKeepAlive != true
        write(response, isLast ? .closes : head?.version.minor == 0 ? .announced : .usual, now)
    }

    /// Gives an answer after which nothing can follow.
    private mutating func writeLast(_ response: HTTPResponse, _ now: NIODeadline) {
        write(response, .closes, now)
    }

    private mutating func write(_ response: HTTPResponse, _ persistence: HTTPResponse.Persistence, _ now: NIODeadline) {
        let bytes = response.body.count + Self.headBytes
        if bytes > responseBytes {
            actions.append(.takeAnyhow(bytes - responseBytes, .responses))
        } else if bytes < responseBytes {
            actions.append(.giveBack(responseBytes - bytes, .responses))
        }
        responseBytes = bytes
        if persistence == .closes { stash.removeAll() }
        phase = .writing(isLast: persistence == .closes)
        deadline = now + limits.transfer + limits.time(for: bytes)
        inHand = nil
        self.response = response
        actions.append(.write(persistence))
    }

    /// The last response has been sent. The client may still be sending: were the connection closed in both directions
    /// now, the response might be lost.
    private mutating func endSending(_ now: NIODeadline) {
        if isInputClosed { return close() }
        phase = .lingering
        deadline = now + limits.linger
        actions.append(.closeOutput)
        releaseRead()
    }

    private mutating func close() {
        switch phase {
        case .abandoned, .closed: return
        case .awaitingRequestMemory, .awaitingResponseMemory: actions.append(.cancelReservation)
        default: break
        }
        stash.removeAll()
        deadline = nil
        if case .answering = phase {
            phase = .abandoned
        } else {
            giveRequestBack()
            giveResponseBack()
            phase = .closed
        }
        actions.append(.close)
    }

    private mutating func giveRequestBack() {
        if requestBytes > 0 { actions.append(.giveBack(requestBytes, .requests)) }
        requestBytes = 0
        inHand?.body = ByteBuffer()
    }

    private mutating func giveResponseBack() {
        if responseBytes > 0 { actions.append(.giveBack(responseBytes, .responses)) }
        responseBytes = 0
    }
}
