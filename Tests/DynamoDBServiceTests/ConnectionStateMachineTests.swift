import DynamoDB
import Fuzzing
import NIOCore
import NIOHTTP1
import Testing

@testable import DynamoDBService

/// The state machine by itself: no threads, no sockets, and a clock that the test moves.
@Suite struct ConnectionStateMachineTests {
    /// What a client sends, and what happens to it, in an order that a seed decides. After each step the rules are
    /// checked that hold whatever happens.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func whateverHappensTheRulesHold(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<250 {
            var run = Interleaving(&random)
            run.play(&random)
            guard run.faults.isEmpty else {
                Issue.record("seed \(seed), round \(round): \(run.faults)\n\(run.log.joined(separator: "\n"))")
                return
            }
        }
    }

    private func machine(
        _ limits: ServerLimits = ServerLimits(), _ judgement: Dispatcher.Judgement = .admitted(Interleaving.admission)
    ) -> ConnectionStateMachine {
        ConnectionStateMachine(limits: limits, now: .zero) { _ in judgement }
    }

    private func head(_ headers: HTTPHeaders) -> HTTPRequestHead {
        HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: headers)
    }

    private func actions(_ machine: inout ConnectionStateMachine) -> [String] {
        var names: [String] = []
        while let action = machine.nextAction() { names.append(Interleaving.name(action)) }
        return names
    }

    @Test func aDrippingClientMovesNoDeadline() throws {
        var machine = machine()
        let first = try #require(machine.deadline)
        // Bytes of a head that never ends.
        for second in 1...5 {
            machine.readCompleted(now: .zero + .seconds(Int64(second)))
            #expect(machine.deadline == first)
        }
        machine.received(.head(head(["content-length": "1000000"])), now: .zero + .seconds(6))
        machine.memoryGranted(now: .zero + .seconds(6))
        let whole = try #require(machine.deadline)
        #expect(whole - .zero < .seconds(30))
        for second in 7...25 {
            machine.received(.body(ByteBuffer(bytes: [1])), now: .zero + .seconds(Int64(second)))
            machine.readCompleted(now: .zero + .seconds(Int64(second)))
            #expect(machine.deadline == whole)
        }
        _ = actions(&machine)
        machine.deadlinePassed(now: whole)
        #expect(actions(&machine) == ["giveBack requests", "close"])
    }

    @Test func theBeginningOfANextHeadHasAShorterDeadlineThanNone() throws {
        var machine = machine(ServerLimits(), .answered(.notFound))
        machine.received(.head(head([:])), now: .zero)
        machine.received(.end(nil), now: .zero)
        machine.readCompleted(now: .zero)
        machine.writeCompleted(now: .zero)
        let limits = ServerLimits()
        #expect(machine.deadline == NIODeadline.zero + limits.idle && machine.isIdle)
        machine.readCompleted(now: .zero + .seconds(1))
        #expect(machine.deadline == NIODeadline.zero + .seconds(1) + limits.transfer && !machine.isIdle)
    }

    /// A head that is not in order gets no memory, however large its body.
    @Test func aRefusedRequestTakesNothingOfItsBody() {
        var machine = machine(ServerLimits(), .answered(.notFound))
        machine.received(.head(head(["content-length": "15000000"])), now: .zero)
        for _ in 0..<200 { machine.received(.body(ByteBuffer(repeating: 0, count: 70_000)), now: .zero) }
        #expect(actions(&machine) == [])
        machine.received(.end(nil), now: .zero)
        #expect(actions(&machine) == ["takeAnyhow responses", "write usual"])
    }

    @Test func aBodyWithoutEndIsCutOff() {
        var machine = machine(ServerLimits(), .answered(.notFound))
        machine.received(.head(head(["transfer-encoding": "chunked"])), now: .zero)
        var written: [String] = []
        for _ in 0..<70 where written.isEmpty {
            machine.received(.body(ByteBuffer(repeating: 0, count: 1 << 20)), now: .zero)
            written = actions(&machine)
        }
        #expect(written == ["takeAnyhow responses", "write closes"])
    }

    @Test func withoutMemoryARequestIsRefusedInTime() throws {
        let limits = ServerLimits()
        var machine = machine(limits)
        machine.readRequested()
        #expect(actions(&machine) == ["read"])
        machine.received(.head(head(["content-length": "5"])), now: .zero)
        machine.received(.body(ByteBuffer(string: "12345")), now: .zero)
        machine.received(.end(nil), now: .zero)
        machine.readRequested()
        // Nothing is read while it waits.
        #expect(actions(&machine) == ["reserve requests"])
        #expect(machine.deadline == NIODeadline.zero + limits.patience)
        machine.deadlinePassed(now: .zero + limits.patience)
        #expect(actions(&machine) == ["cancel", "takeAnyhow responses", "write usual", "read"])
        machine.writeCompleted(now: .zero + limits.patience)
        #expect(machine.isIdle)
    }

    @Test func theMemoryOfAnAbandonedRequestStaysTakenUntilItIsAnswered() {
        var machine = machine()
        machine.received(.head(head(["content-length": "0"])), now: .zero)
        machine.memoryGranted(now: .zero)
        machine.received(.end(nil), now: .zero)
        machine.memoryGranted(now: .zero)
        #expect(actions(&machine) == ["reserve requests", "reserve responses", "answer"])
        machine.becameInactive()
        #expect(actions(&machine) == ["close"])
        machine.answered(.notFound, now: .zero)
        #expect(actions(&machine) == ["giveBack requests", "giveBack responses"])
    }

    /// Thousands of requests in one read are not all kept; those that were are answered.
    @Test func whatIsSentAheadIsBounded() {
        var machine = machine(ServerLimits(), .answered(.notFound))
        for _ in 0..<5_000 {
            machine.received(.head(head([:])), now: .zero)
            machine.received(.end(nil), now: .zero)
        }
        var written: [String] = []
        for _ in 0..<5_000 {
            written += actions(&machine).filter { $0.hasPrefix("write") }
            machine.writeCompleted(now: .zero)
        }
        #expect(written == [String](repeating: "write usual", count: 129) + ["write closes"])
    }

    @Test func onlyAnIdleConnectionMakesRoom() {
        var machine = machine()
        machine.received(.head(head(["content-length": "5"])), now: .zero)
        machine.makeRoom()
        #expect(actions(&machine) == ["reserve requests"])
        var idle = self.machine()
        idle.makeRoom()
        #expect(actions(&idle) == ["close"])
    }

    /// Who begins a request and has never been served has a place until others need it; one who has been served keeps it.
    @Test func theBeginningOfAFirstHeadKeepsNoPlace() {
        var new = machine(ServerLimits(), .answered(.notFound))
        new.readCompleted(now: .zero)
        #expect(new.isIdle)
        new.makeRoom()
        #expect(actions(&new) == ["close"])
        var served = machine(ServerLimits(), .answered(.notFound))
        served.received(.head(head([:])), now: .zero)
        served.received(.end(nil), now: .zero)
        served.readCompleted(now: .zero)
        served.writeCompleted(now: .zero)
        served.readCompleted(now: .zero)
        #expect(!served.isIdle)
        _ = actions(&served)
        served.makeRoom()
        #expect(actions(&served) == [])
    }
}

/// One connection's life in some order of events.
struct Interleaving {
    static let admission = Dispatcher.Admission(
        operation: Operations.byTarget["DynamoDB_20120810.GetItem"]!, pass: .anyone)

    private var machine: ConnectionStateMachine
    private var now = NIODeadline.zero
    /// What the client still sends, and the answers it may expect for it.
    private var input: CircularBuffer<Piece> = []
    private var expected: [String] = []

    /// The client waits to be told to send the body.
    private var isHoldingBody = false
    private var isReading = false
    private var isReadWanted = false
    private var reserved: (bytes: Int, share: ConnectionStateMachine.Share)?
    private var taken: [ConnectionStateMachine.Share: Int] = [:]
    private var inHand: HTTPRequest?
    private var isWriting = false
    private var isClosed = false
    private var hasClosedOutput = false
    private var hasInputEnded = false
    /// Something happened after which not all has to be answered.
    private var isDisturbed = false
    private var written: [String] = []
    private(set) var faults: [String] = []
    private(set) var log: [String] = []

    private enum Piece {
        case part(HTTPServerRequestPart)
        case nonsense
    }

    init(_ random: inout SeededGenerator) {
        machine = ConnectionStateMachine(limits: ServerLimits(), now: .zero) { head in
            head.headers.contains(name: "refused")
                ? .answered(HTTPResponse.success(Array("refused \(head.uri)".utf8))) : .admitted(Interleaving.admission)
        }
        var isLast = false
        for number in 0..<Int.random(in: 0...5, using: &random) where !isLast {
            isLast = addRequest(number, &random)
        }
        if random.oneIn(6), !isLast {
            input.append(.nonsense)
            expected.append(String(decoding: HTTPResponse.malformed.body, as: UTF8.self))
        }
    }

    /// - Returns: whether nothing can follow.
    private mutating func addRequest(_ number: Int, _ random: inout SeededGenerator) -> Bool {
        var headers = HTTPHeaders()
        let length = Int.random(in: 0...40, using: &random)
        let isTooLong = random.oneIn(12)
        if random.oneIn(3) {
            headers.add(name: "transfer-encoding", value: "chunked")
        } else {
            headers.add(name: "content-length", value: isTooLong ? "99999999" : "\(length)")
        }
        let isRefused = random.oneIn(4)
        if isRefused { headers.add(name: "refused", value: "1") }
        if random.oneIn(8) { headers.add(name: "content-encoding", value: "gzip") }
        let isAsking = random.oneIn(6)
        if isAsking { headers.add(name: "expect", value: "100-continue") }
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/\(number)", headers: headers)
        input.append(.part(.head(head)))
        var rest = length
        while rest > 0 {
            let count = Int.random(in: 1...rest, using: &random)
            input.append(.part(.body(ByteBuffer(repeating: UInt8(number), count: count))))
            rest -= count
        }
        input.append(.part(.end(nil)))
        if isTooLong, headers.contains(name: "content-length") {
            expected.append(String(decoding: HTTPResponse.tooLarge.body, as: UTF8.self))
            return isAsking
        }
        expected.append(isRefused ? "refused /\(number)" : "answer /\(number) of \(length)")
        return isAsking && isRefused
    }

    mutating func play(_ random: inout SeededGenerator) {
        carryOut()
        want()
        for _ in 0..<500 where !isClosed || inHand != nil {
            guard let event = events(&random).randomElement(using: &random) else {
                faults.append("nothing can happen any more, and the connection is open")
                return
            }
            log.append(event)
            happen(event, &random)
            carryOut()
            check()
            if !faults.isEmpty { return }
        }
        if !isClosed || inHand != nil { faults.append("it does not end") }
        if taken.values.contains(where: { $0 != 0 }) { faults.append("memory is left: \(taken)") }
        if isDisturbed {
            let busy = String(decoding: HTTPResponse.busy.body, as: UTF8.self)
            for (one, other) in zip(written, expected) where one != other && one != busy {
                faults.append("\(one) instead of \(other)")
            }
            if written.count > expected.count { faults.append("more answers than requests") }
        } else if written != expected {
            faults.append("\(written) instead of \(expected)")
        }
    }

    private func events(_ random: inout SeededGenerator) -> [String] {
        var events: [String] = []
        if !isClosed {
            if isReading, !input.isEmpty, !isHoldingBody { events += ["parts", "parts", "parts"] }
            if isReading, input.isEmpty, !hasInputEnded { events.append("end of input") }
            if reserved != nil { events.append("memory") }
            if isWriting { events.append("sent") }
            if random.oneIn(40) { events += ["drain", "deadline", "room", "inactive", "early end"] }
            // A client that waits for the server to close is waited for only so long.
            if events.isEmpty, machine.deadline != nil { events.append("deadline") }
        }
        if inHand != nil { events.append("answer") }
        return events
    }

    private mutating func happen(_ event: String, _ random: inout SeededGenerator) {
        now = now + .milliseconds(1)
        switch event {
        case "parts":
            isReading = false
            for _ in 0..<Int.random(in: 1...4, using: &random) where !isHoldingBody {
                switch input.popFirst() {
                case .part(let part):
                    if case .head(let head) = part { isHoldingBody = head.headers.contains(name: "expect") }
                    machine.received(part, now: now)
                case .nonsense: machine.receivedNonsense(now: now)
                case nil: break
                }
                carryOut()
            }
            machine.readCompleted(now: now)
            want()
        case "end of input", "early end":
            if event == "early end" { isDisturbed = true }
            if hasInputEnded { return }
            hasInputEnded = true
            input.removeAll()
            machine.inputClosed(now: now)
        case "memory":
            guard let (bytes, share) = reserved.take() else { return }
            taken[share, default: 0] += bytes
            machine.memoryGranted(now: now)
        case "sent":
            isWriting = false
            machine.writeCompleted(now: now)
        case "answer":
            guard let request = inHand.take() else { return }
            let text = "answer \(request.head.uri) of \(request.body.readableBytes)"
            machine.answered(.success(Array(text.utf8)), now: now)
        case "drain":
            isDisturbed = true
            machine.drain(now: now)
        case "deadline":
            guard let deadline = machine.deadline else { return }
            if !hasClosedOutput { isDisturbed = true }
            now = max(now, deadline)
            machine.deadlinePassed(now: now)
        case "room":
            isDisturbed = true
            machine.makeRoom()
        case "inactive":
            isDisturbed = true
            machine.becameInactive()
        default: faults.append("unknown event \(event)")
        }
    }

    /// The channel wants to read again after each read, as NIO's does by itself.
    private mutating func want() {
        isReadWanted = true
        machine.readRequested()
        carryOut()
    }

    private mutating func carryOut() {
        while let action = machine.nextAction() {
            log.append("  \(Interleaving.name(action))")
            switch action {
            case .reserve(let bytes, let share):
                if reserved != nil { faults.append("two reservations") }
                reserved = (bytes, share)
            case .cancelReservation:
                if reserved == nil { faults.append("no reservation to cancel") }
                reserved = nil
            case .giveBack(let bytes, let share):
                taken[share, default: 0] -= bytes
                if taken[share, default: 0] < 0 { faults.append("more given back than taken") }
            case .takeAnyhow(let bytes, let share): taken[share, default: 0] += bytes
            case .sendContinue:
                if !isHoldingBody || isWriting || isClosed { faults.append("nobody asked to continue") }
                isHoldingBody = false
            case .answer:
                if inHand != nil { faults.append("two requests at once") }
                inHand = machine.takeRequest().0
            case .write:
                let response = machine.takeResponse()
                if isWriting || isClosed || hasClosedOutput { faults.append("a write at the wrong time") }
                isWriting = true
                written.append(String(decoding: response.body, as: UTF8.self))
            case .read:
                if !isReadWanted || isReading { faults.append("a read that nobody wanted") }
                isReadWanted = false
                isReading = true
            case .closeOutput:
                if isWriting || hasClosedOutput { faults.append("the output is closed at the wrong time") }
                hasClosedOutput = true
            case .close:
                if isClosed { faults.append("closed twice") }
                isClosed = true
                isWriting = false
            }
        }
    }

    private mutating func check() {
        if isClosed {
            if reserved != nil { faults.append("it waits for memory when it is closed") }
            if machine.deadline != nil { faults.append("it has a deadline when it is closed") }
        } else if machine.deadline == nil, inHand == nil {
            faults.append("it waits without a deadline")
        }
        if machine.isIdle, isWriting || inHand != nil || reserved != nil || taken.values.contains(where: { $0 != 0 }) {
            faults.append("it is not idle")
        }
        // What is taken for the request in hand is known before anything of its body is.
        if taken[.requests, default: 0] == 0, let inHand, !isClosed {
            faults.append("\(inHand.head.uri) has no memory")
        }
    }

    static func name(_ action: ConnectionStateMachine.Action) -> String {
        switch action {
        case .reserve(_, let share): "reserve \(share)"
        case .cancelReservation: "cancel"
        case .giveBack(_, let share): "giveBack \(share)"
        case .takeAnyhow(_, let share): "takeAnyhow \(share)"
        case .sendContinue: "continue"
        case .answer: "answer"
        case .write(let persistence): "write \(persistence)"
        case .read: "read"
        case .closeOutput: "closeOutput"
        case .close: "close"
        }
    }
}

extension NIODeadline {
    fileprivate static let zero = NIODeadline.uptimeNanoseconds(0)
}
