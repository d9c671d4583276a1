(function(){var root=document.querySelector('.sayso');if(!root)return;
function light(n,on){if(!n)return;n.split(' ').forEach(function(k){root.querySelectorAll('[data-n~="'+k+'"]').forEach(function(e){e.classList.toggle('hot',on)});
var note=document.getElementById('n'+k);if(note)note.classList.toggle('on',on)})}
function key(e){var t=e.target.closest&&e.target.closest('[data-k]');return t&&t.getAttribute('data-k')}
['mouseover','focusin'].forEach(function(k){root.addEventListener(k,function(e){light(key(e),true)})});
['mouseout','focusout'].forEach(function(k){root.addEventListener(k,function(e){light(key(e),false)})});
document.addEventListener('keydown',function(e){if(e.key==='Escape'&&document.activeElement)document.activeElement.blur()})})();
