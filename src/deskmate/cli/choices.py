"""What the options with few values take, in the words people use for them."""

from deskmate.domain.channel import Channel
from deskmate.domain.priority import Impact, Urgency
from deskmate.domain.status import Outcome

IMPACT = {"one": Impact.ONE, "several": Impact.SEVERAL, "everyone": Impact.EVERYONE, "all": Impact.EVERYONE}
URGENCY = {"wait": Urgency.WAIT, "can wait": Urgency.WAIT, "slowed": Urgency.SLOWED, "stuck": Urgency.STUCK}
VIA = {channel.value: channel for channel in Channel}
OUTCOME = {outcome.value: outcome for outcome in Outcome}
