// Generated from functions/reportapi/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/api/activity/day": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An agent's calls of a day, and of one to compare it with */
        get: operations["getActivityOfDay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/activity/week": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An agent's calls of seven days, counted */
        get: operations["getActivityOfWeek"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cards of assigned queues; for supervisors, of any */
        get: operations["listCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queues/{id}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a queue's card stands for */
        get: operations["getQueueDetails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of the past, for supervisors */
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reports.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a table for spreadsheets */
        get: operations["getReportFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/supervision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every queue and agent, for supervisors */
        get: operations["getSupervision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ActivityDay: {
            /** Format: date */
            date: string;
            /** @description Calls that the agent made. */
            otherMade: components["schemas"]["CallList"];
            /** @description Calls to the agent's own number. */
            otherTaken: components["schemas"]["CallList"];
            /** @description Calls of queues and campaigns that the agent took. */
            queueTaken: components["schemas"]["CallList"];
        };
        ActivityOfDay: {
            agentId: string;
            compare?: components["schemas"]["ActivityDay"];
            day: components["schemas"]["ActivityDay"];
            /** @description IANA name of the centre's time zone, by which the days are. */
            zone: string;
        };
        ActivityOfWeek: {
            agentId: string;
            days: components["schemas"]["DayCount"][];
            /** @description Its date is the week's first. */
            total: components["schemas"]["DayCount"];
            zone: string;
        };
        Agent: {
            /** @description The media session that carries the agent's audio. */
            audioId?: string;
            /** @description The chats that the agent holds, oldest first. */
            chats?: string[] | null;
            /** @description The call that is offered to the agent or live. */
            contactId?: string;
            id: string;
            /** Format: date-time */
            idleSince?: string;
            /** @description BCP 47 */
            language: string;
            /** @description The number that the agent chose to call from, E.164; absent: the first of the desk's lines. */
            line?: string;
            /** @description One for each assigned queue, in order. */
            memberships: components["schemas"]["Membership"][];
            name: string;
            /** @description The status for every joined queue once call and wrap-up are over. */
            next?: components["schemas"]["NextStatus"];
            online: boolean;
            /** @enum {string} */
            role: "agent" | "supervisor" | "admin";
            /** Format: int64 */
            version: number;
            wrapUp?: components["schemas"]["WrapUp"];
        };
        CallCount: {
            /** Format: double */
            averageHandleSeconds?: number;
            /** Format: double */
            averageTalkSeconds?: number;
            /** Format: int64 */
            calls: number;
            /** Format: double */
            handleSeconds: number;
            /** Format: double */
            talkSeconds: number;
        };
        CallList: {
            /** Format: double */
            averageHandleSeconds?: number;
            /** Format: double */
            averageTalkSeconds?: number;
            /** Format: int64 */
            calls: number;
            /** Format: double */
            handleSeconds: number;
            list: components["schemas"]["LoggedCall"][];
            /** Format: double */
            talkSeconds: number;
        };
        CampaignCard: {
            /**
             * Format: double
             * @description Of today; absent while nobody was reached.
             */
            averageHandleSeconds?: number;
            /**
             * Format: int64
             * @description Missed calls that were dialled for the first time today.
             */
            dialled: number;
            /**
             * Format: double
             * @description Of the missed calls that there were to dial today: those dialled; absent when there were none.
             */
            dialledPercent?: number;
            /** Format: int64 */
            handled: number;
            /**
             * Format: int64
             * @description Missed calls that were given up today.
             */
            incomplete: number;
            /**
             * Format: int64
             * @description Missed calls that have not been dialled yet, of any day.
             */
            notDialled: number;
            /**
             * Format: int64
             * @description Calls made today: attempts.
             */
            total: number;
            /**
             * Format: int64
             * @description Calls that are to be made now and wait for an agent.
             */
            waiting: number;
        };
        Card: {
            /**
             * Format: date-time
             * @description When the figures were read: the card with the later one holds.
             */
            at: string;
            /** @description Of a campaign. */
            campaign?: components["schemas"]["CampaignCard"];
            /** @description Of a chat queue. */
            chat?: components["schemas"]["ChatCard"];
            /**
             * Format: date
             * @description The day of the figures of today, by the centre's clock.
             */
            day: string;
            /**
             * Format: date-time
             * @description When that day is over: the figures of today then begin anew.
             */
            dayEnds: string;
            /** @enum {string} */
            kind: "voice" | "chat" | "campaign";
            /**
             * Format: int64
             * @description Agents who are ready or paused in the queue, with a desk open.
             */
            loggedIn: number;
            queueId: string;
            /** @description Of a call queue. */
            voice?: components["schemas"]["VoiceCard"];
        };
        CardList: {
            cards: components["schemas"]["Card"][];
        };
        ChatCard: {
            /**
             * Format: date-time
             * @description The same of assigned chats.
             */
            assignedSince?: string;
            /**
             * Format: int64
             * @description Assigned chats whose customer waits for a reply.
             */
            awaitingAgent: number;
            /**
             * Format: int64
             * @description Assigned chats in which the customer has the word.
             */
            awaitingCustomer: number;
            /**
             * Format: int64
             * @description All chats, assigned or not, whose customer waits for a reply.
             */
            awaitingReply: number;
            /**
             * Format: double
             * @description Average of today; absent while there was none.
             */
            firstResponseSeconds?: number;
            /**
             * Format: int64
             * @description Today.
             */
            opened: number;
            /**
             * Format: int64
             * @description Today.
             */
            resolved: number;
            /** Format: int64 */
            unassigned: number;
            /**
             * Format: date-time
             * @description Since when the unassigned chat that has waited longest waits for an agent's reply.
             */
            unassignedSince?: string;
        };
        Contact: {
            /** Format: date-time */
            acceptedAt?: string;
            /** @description The agent who accepted. */
            agentId?: string;
            /**
             * Format: int64
             * @description Of a callback or a campaign's call: the attempt to reach the customer, from 1.
             */
            attempt?: number;
            callerName?: string;
            /** @description The chat from which the call was made. */
            chatId?: string;
            /** Format: date-time */
            connectedAt?: string;
            /**
             * Format: date-time
             * @description When a scheduled call will be tried.
             */
            dueAt?: string;
            /** Format: date-time */
            endedAt?: string;
            /** Format: date-time */
            enteredAt: string;
            /** @description The customer's number, E.164; absent when withheld. */
            from?: string;
            /** @description Who is in the call beside customer and agent, or rung for it. */
            guest?: components["schemas"]["Guest"];
            /**
             * Format: date-time
             * @description Since when the customer is on hold.
             */
            heldAt?: string;
            id: string;
            /** @description The customer is called in the webchat's widget, and has no number. */
            inWidget?: boolean;
            /** @enum {string} */
            kind: "inbound" | "outbound" | "callback" | "campaign" | "direct";
            offer?: components["schemas"]["Offer"];
            /** @enum {string} */
            outcome?: "handled" | "abandoned" | "timedOut" | "failed" | "unanswered" | "incomplete";
            playback?: components["schemas"]["Playback"];
            /** @description Empty for a call of no queue. */
            queueId: string;
            /** @enum {string} */
            state: "scheduled" | "waiting" | "offered" | "connecting" | "connected" | "ended";
            /** @description Our number, E.164. */
            to: string;
            /** Format: int64 */
            version: number;
        };
        DayCount: {
            /** Format: date */
            date: string;
            otherMade: components["schemas"]["CallCount"];
            otherTaken: components["schemas"]["CallCount"];
            queueTaken: components["schemas"]["CallCount"];
        };
        ErrorDetail: {
            /** @description Where the error occurred, e.g. 'body.items[3].tags' or 'path.thing-id' */
            location?: string;
            /** @description Error message text */
            message?: string;
            /** @description The value at the given location */
            value?: unknown;
        };
        ErrorModel: {
            /**
             * @description A human-readable explanation specific to this occurrence of the problem.
             * @example Property foo is required but is missing.
             */
            detail?: string;
            /** @description Optional list of individual error details */
            errors?: components["schemas"]["ErrorDetail"][] | null;
            /**
             * Format: uri
             * @description A URI reference that identifies the specific occurrence of the problem.
             * @example https://example.com/error-log/abc123
             */
            instance?: string;
            /**
             * Format: int64
             * @description HTTP status code
             * @example 400
             */
            status?: number;
            /**
             * @description A short, human-readable summary of the problem type. This value should not change between occurrences of the error.
             * @example Bad Request
             */
            title?: string;
            /**
             * Format: uri
             * @description A URI reference to human-readable documentation for the error.
             * @default about:blank
             * @example https://example.com/errors/example
             */
            type: string;
        };
        Figures: {
            /** Format: double */
            abandonPercent?: number;
            /**
             * Format: int64
             * @description Short ones too.
             */
            abandoned?: number;
            /**
             * Format: double
             * @description Answered within the queue's time, of the queued without short abandons.
             */
            answeredLevelPercent?: number;
            /**
             * Format: int64
             * @description Within the queue's service-level time.
             */
            answeredWithin?: number;
            /**
             * Format: int64
             * @description Of chats.
             */
            assigned?: number;
            /** Format: int64 */
            attempts?: number;
            /** Format: double */
            averageHandleSeconds?: number;
            /** Format: double */
            averageTalkSeconds?: number;
            /**
             * Format: double
             * @description Of answered calls.
             */
            averageWaitSeconds?: number;
            /** Format: int64 */
            callbacks?: number;
            /**
             * Format: int64
             * @description Of an agent: calls taken and made.
             */
            calls?: number;
            /**
             * Format: double
             * @description Of an agent: ready, without a call, with a chat.
             */
            chattingSeconds?: number;
            /**
             * Format: int64
             * @description Missed calls that were dialled for the first time.
             */
            dialled?: number;
            /** Format: int64 */
            failed?: number;
            /**
             * Format: double
             * @description Average of chats.
             */
            firstResponseSeconds?: number;
            /**
             * Format: double
             * @description Talk, hold and wrap-up.
             */
            handleSeconds?: number;
            /** Format: int64 */
            handled?: number;
            /** Format: double */
            holdSeconds?: number;
            /**
             * Format: double
             * @description Of an agent: ready, and without a call or a chat.
             */
            idleSeconds?: number;
            /** Format: int64 */
            incomplete?: number;
            /** Format: double */
            longestFirstResponseSeconds?: number;
            /** Format: double */
            longestWaitSeconds?: number;
            /**
             * Format: double
             * @description Of an agent: handling and chatting, of these and idle.
             */
            occupancyPercent?: number;
            /**
             * Format: int64
             * @description Of chats.
             */
            opened?: number;
            /** Format: int64 */
            overflowed?: number;
            /** Format: int64 */
            queued?: number;
            /**
             * Format: int64
             * @description Within the queue's service-level time.
             */
            removedWithin?: number;
            /**
             * Format: int64
             * @description Of chats.
             */
            resolved?: number;
            /**
             * Format: double
             * @description Removed from the queue within its time, of the queued.
             */
            serviceLevelPercent?: number;
            /** Format: int64 */
            shortAbandoned?: number;
            /**
             * Format: int64
             * @description Missed calls that a campaign has taken on.
             */
            taken?: number;
            /** Format: double */
            talkSeconds?: number;
            /** Format: int64 */
            timedOut?: number;
            /** Format: double */
            waitSeconds?: number;
            /** Format: double */
            wrapUpSeconds?: number;
        };
        Guest: {
            /** @description The colleague; they accept or decline with the guest's id as offerId. */
            agentId?: string;
            /** Format: date-time */
            at: string;
            /** @description The call is handed over as soon as they answer. */
            blind: boolean;
            /**
             * Format: date-time
             * @description Until when it rings.
             */
            expiresAt: string;
            id: string;
            /** @description E.164 */
            number?: string;
            /** @enum {string} */
            state: "ringing" | "joined";
        };
        LoggedCall: {
            /** Format: date-time */
            acceptedAt: string;
            /**
             * Format: date-time
             * @description Absent when customer and agent never heard each other.
             */
            connectedAt?: string;
            contactId: string;
            /**
             * Format: date-time
             * @description When the agent left the call.
             */
            endedAt: string;
            /** Format: double */
            handleSeconds: number;
            /** Format: double */
            holdSeconds: number;
            /** @enum {string} */
            kind: "inbound" | "outbound" | "callback" | "campaign" | "direct";
            name?: string;
            /** @description The customer's, E.164; absent when withheld. */
            number?: string;
            /**
             * @description passedOn: to a colleague or a queue; lost: the call went back in line.
             * @enum {string}
             */
            outcome: "handled" | "failed" | "unanswered" | "incomplete" | "abandoned" | "timedOut" | "passedOn" | "lost";
            queueId?: string;
            /** Format: double */
            talkSeconds: number;
            /** Format: double */
            waitSeconds: number;
            /** Format: double */
            wrapUpSeconds: number;
        };
        Membership: {
            /** @description The supervisor who gave it; absent when the agent chose it. */
            by?: string;
            queueId: string;
            /** @description Key of the pause reason; 'missed' is given by the system after an unanswered offer. */
            reason?: string;
            /** Format: date-time */
            since?: string;
            /** @enum {string} */
            status: "out" | "ready" | "paused";
        };
        NextStatus: {
            /** @description The supervisor who chose it; absent when the agent did. */
            by?: string;
            /** @description Key of the pause reason. */
            reason?: string;
            /** @enum {string} */
            status: "out" | "ready" | "paused";
        };
        Offer: {
            agentId: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            expiresAt: string;
            id: string;
        };
        Playback: {
            /** Format: date-time */
            at: string;
            id: string;
            name: string;
            recordingId: string;
            /** @description The call ends with it. */
            thenEnd: boolean;
            /**
             * Format: date-time
             * @description When it will be over.
             */
            until: string;
        };
        QueueAgent: {
            /**
             * Format: int64
             * @description How many the agent holds.
             */
            chats: number;
            id: string;
            name: string;
            reason?: string;
            /**
             * @description What the agent is doing, for whichever queue.
             * @enum {string}
             */
            state: "idle" | "paused" | "ringing" | "inCall" | "wrapUp";
            /**
             * Format: date-time
             * @description Absent when not known.
             */
            stateSince?: string;
            /** @enum {string} */
            status: "ready" | "paused";
        };
        QueueContact: {
            /**
             * Format: int64
             * @description Attempts so far.
             */
            attempt: number;
            contactId: string;
            /**
             * Format: date-time
             * @description When a scheduled call will be tried.
             */
            dueAt?: string;
            /** Format: date-time */
            enteredAt: string;
            /** @enum {string} */
            kind: "inbound" | "callback" | "campaign";
            /** @description For supervisors. */
            name?: string;
            /** @description The customer's, E.164; for agents all but its last digits are masked. */
            number?: string;
            /** @enum {string} */
            state: "scheduled" | "waiting";
        };
        QueueDetails: {
            agents: components["schemas"]["QueueAgent"][];
            card: components["schemas"]["Card"];
            /** @description At most 100, those whose turn comes first. */
            contacts: components["schemas"]["QueueContact"][];
            /** @description The hours of today in which anything happened. */
            hours: components["schemas"]["QueueHour"][];
            today: components["schemas"]["Figures"];
            /** @description IANA name of the centre's time zone, by which the hours are. */
            zone: string;
        };
        QueueHour: {
            /**
             * Format: date-time
             * @description When the hour begins.
             */
            at: string;
            figures: components["schemas"]["Figures"];
        };
        Report: {
            /** @enum {string} */
            by: "hour" | "day" | "month" | "period";
            /** Format: date */
            from: string;
            /** @enum {string} */
            group: "queue" | "agent" | "campaign" | "channel";
            rows: components["schemas"]["ReportRow"][];
            /**
             * Format: date
             * @description Belongs to it.
             */
            to: string;
            /** @description Of all rows. */
            total: components["schemas"]["Figures"];
            zone: string;
        };
        ReportRow: {
            /** Format: date */
            date: string;
            figures: components["schemas"]["Figures"];
            /**
             * Format: date-time
             * @description When the hour or the day begins.
             */
            from: string;
            /** @description Of the queue, campaign or agent; the channel's name. */
            id: string;
            name: string;
        };
        Supervision: {
            agents: components["schemas"]["Agent"][];
            cards: components["schemas"]["Card"][];
            /** @description The calls that agents have. */
            contacts: components["schemas"]["Contact"][];
        };
        VoiceCard: {
            /** Format: int64 */
            abandoned: number;
            /**
             * Format: double
             * @description Of today; absent while no call was handled.
             */
            averageHandleSeconds?: number;
            /**
             * Format: int64
             * @description Callers who asked today to be called back.
             */
            callbacks: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            handled: number;
            /**
             * Format: int64
             * @description Callbacks that reached nobody.
             */
            incomplete: number;
            /**
             * Format: int64
             * @description Callbacks whose time has not come.
             */
            scheduled: number;
            /**
             * Format: int64
             * @description Who waits longer than this waits too long.
             */
            serviceLevelSeconds: number;
            /** Format: int64 */
            timedOut: number;
            /**
             * Format: int64
             * @description Calls that came to the queue today.
             */
            total: number;
            /**
             * Format: int64
             * @description Callers in line.
             */
            waiting: number;
            /**
             * Format: date-time
             * @description Since when the one who has waited longest waits.
             */
            waitingSince?: string;
        };
        WrapUp: {
            contactId: string;
            queueId: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getActivityOfDay: {
        parameters: {
            query?: {
                /** @description By the centre's clock; absent: today. */
                date?: string;
                /** @description The day to compare it with; absent: none. */
                compare?: string;
                /** @description For supervisors; absent: the own calls. */
                agentId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityOfDay"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
        };
    };
    getActivityOfWeek: {
        parameters: {
            query: {
                /** @description The first of the seven days. */
                from: string;
                /** @description For supervisors; absent: the own calls. */
                agentId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityOfWeek"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
        };
    };
    listCards: {
        parameters: {
            query?: {
                /** @description Absent: all that the agent may see. */
                queueIds?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CardList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
        };
    };
    getQueueDetails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the queue or campaign. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueDetails"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
        };
    };
    getReport: {
        parameters: {
            query: {
                from: string;
                /** @description Belongs to the report; at most 13 months after from, by hour at most 31 days. */
                to: string;
                /** @description What a row is of; period: all days of the report together. Agents are not reported by hour. */
                by?: "hour" | "day" | "month" | "period";
                group?: "queue" | "agent" | "campaign" | "channel";
                /** @description Which queues, agents, campaigns or channels; absent: all. */
                ids?: string[] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
        };
    };
    getReportFile: {
        parameters: {
            query: {
                from: string;
                /** @description Belongs to the report; at most 13 months after from, by hour at most 31 days. */
                to: string;
                /** @description What a row is of; period: all days of the report together. Agents are not reported by hour. */
                by?: "hour" | "day" | "month" | "period";
                group?: "queue" | "agent" | "campaign" | "channel";
                /** @description Which queues, agents, campaigns or channels; absent: all. */
                ids?: string[] | null;
                /** @description Of the headings. */
                language?: "en" | "fr";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
        };
    };
    getSupervision: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supervision"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ErrorModel"];
                };
            };
        };
    };
}
